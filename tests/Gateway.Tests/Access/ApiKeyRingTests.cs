using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Access;

public sealed class ApiKeyRingTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeysInMemory _store = new();
    private readonly ApiKeyRing _ring;

    public ApiKeyRingTests() => _ring = new ApiKeyRing(_store, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task Find_AKey_KnowsItsHolder()
    {
        var any = _store.Make();
        var bound = _store.Make("u");

        var (first, second) = (await _ring.FindAsync(any, Token), await _ring.FindAsync(bound, Token));

        first.ShouldNotBeNull().UserId.ShouldBeNull();
        second.ShouldNotBeNull().UserId.ShouldBe("u");
        first.Id.ShouldNotBe(second.Id);
    }

    [Fact]
    public async Task Find_AnotherSecret_IsNobody()
    {
        var key = _store.Make();
        var last = key.Text[^1] == '0' ? '1' : '0';

        (await _ring.FindAsync(key with { Text = key.Text[..^1] + last }, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_AgainAndAgain_AsksTheDatabaseOnce()
    {
        var key = _store.Make();
        for (var i = 0; i < 100; i++)
        {
            (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
        }

        _store.Listed.ShouldBe(1);
    }

    [Fact]
    public async Task Find_ARevokedKey_EndsWithinTheLifetime()
    {
        var key = _store.Make();
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
        await _store.RevokeAsync(key.KeyId, default, Token);

        _time.Advance(ApiKeyRing.Lifetime - TimeSpan.FromTicks(1));
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromTicks(1));

        (await _ring.FindAsync(key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_ANewKey_IsLookedForAtMostOnceASecond()
    {
        (await _ring.FindAsync(ApiKeyText.Create(), Token)).ShouldBeNull();
        var key = _store.Make();
        for (var i = 0; i < 100; i++)
        {
            (await _ring.FindAsync(key, Token)).ShouldBeNull();
        }

        _store.Listed.ShouldBe(1);
        _time.Advance(ApiKeyRing.LookInterval);

        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_TheDatabaseIsAway_IsUnavailable_NotRefused()
    {
        var key = _store.Make();
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
        _store.Failure = new GatewayException(GatewayErrorKind.Unavailable, "away");
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();

        _time.Advance(ApiKeyRing.Lifetime);

        var exception = await Should.ThrowAsync<GatewayException>(() => _ring.FindAsync(key, Token));
        exception.Kind.ShouldBe(GatewayErrorKind.Unavailable);
        _store.Failure = null;
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
    }
}
