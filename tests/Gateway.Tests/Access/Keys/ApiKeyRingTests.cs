using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Access.Keys;

public sealed class ApiKeyRingTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeysInMemory _store = new();
    private readonly FakeLoggerProvider _log = new();
    private readonly LoggerFactory _loggers;
    private readonly ApiKeyRing _ring;

    public ApiKeyRingTests()
    {
        _loggers = new LoggerFactory([_log]);
        _ring = new ApiKeyRing(_store, new AuditLog(_loggers, _time), _time);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_KnownKey_HasItsHolder()
    {
        var any = _store.Make();
        var bound = _store.Make("u");

        var (first, second) = (await _ring.FindAsync(any, Token), await _ring.FindAsync(bound, Token));

        first.ShouldNotBeNull().UserId.ShouldBeNull();
        second.ShouldNotBeNull().UserId.ShouldBe("u");
        first.Id.ShouldNotBe(second.Id);
    }

    [Fact]
    public async Task Find_ExpiredKey_IsRefusedAtOnce_AndOnlyItsHolderLearnsThat()
    {
        var key = ApiKeyText.Create();
        await _store.AddAsync(
            new ApiKey
            {
                KeyId = key.KeyId,
                Name = "bot",
                UserId = null,
                Hash = key.Hash,
                CreatedAt = _time.GetUtcNow(),
                ExpiresAt = _time.GetUtcNow().AddSeconds(3),
            },
            Token
        );
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(3));

        var refusal = await Should.ThrowAsync<GatewayException>(() => _ring.FindAsync(key, Token));
        (refusal.Kind, refusal.Message).ShouldBe((GatewayErrorKind.Unauthenticated, "The API key has expired; create a new one."));
        var last = key.Text[^1] == '0' ? '1' : '0';
        (await _ring.FindAsync(key with { Text = key.Text[..^1] + last }, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_AfterKeysHaveChanged_RecordsTheChangesInTheAuditLog()
    {
        var before = _store.Make();
        (await _ring.FindAsync(before, Token)).ShouldNotBeNull();
        _time.Advance(ApiKeyRing.LookupInterval);
        var added = _store.Make("u");
        (await _ring.FindAsync(added, Token)).ShouldNotBeNull();
        await _store.RevokeAsync(before.KeyId, default, Token);
        _time.Advance(ApiKeyRing.Lifetime);
        (await _ring.FindAsync(before, Token)).ShouldBeNull();

        _log.Collector.GetSnapshot()
            .Select(record => $"{record.Category} {record.Id.Id}: {record.Message}")
            .ShouldBe([
                $"CodeInterpreter.Audit 93: API key {added.KeyId}, test, was created for user u; it expires at (null)",
                $"CodeInterpreter.Audit 94: API key {before.KeyId}, test, for user any was revoked",
            ]);
    }

    [Fact]
    public async Task Find_WrongSecret_IsNull()
    {
        var key = _store.Make();
        var last = key.Text[^1] == '0' ? '1' : '0';

        (await _ring.FindAsync(key with { Text = key.Text[..^1] + last }, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_Repeated_AsksTheDatabaseOnce()
    {
        var key = _store.Make();
        for (var i = 0; i < 100; i++)
        {
            (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
        }

        _store.Listed.ShouldBe(1);
    }

    [Fact]
    public async Task Find_RevokedKey_IsRefusedWithinTheCacheTime()
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
    public async Task Find_UnknownKey_AsksTheDatabaseAtMostOnceASecond()
    {
        (await _ring.FindAsync(ApiKeyText.Create(), Token)).ShouldBeNull();
        var key = _store.Make();
        for (var i = 0; i < 100; i++)
        {
            (await _ring.FindAsync(key, Token)).ShouldBeNull();
        }

        _store.Listed.ShouldBe(1);
        _time.Advance(ApiKeyRing.LookupInterval);

        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_DatabaseUnavailable_IsUnavailableNotRefused()
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

    [Fact]
    public async Task Find_SlowDatabase_CallersShareOneQuery()
    {
        var key = _store.Make();
        var answering = new TaskCompletionSource();
        _store.Answering = answering.Task;
        using var gone = new CancellationTokenSource();
        var first = _ring.FindAsync(key, gone.Token);
        var others = Enumerable.Range(0, 50).Select(_ => _ring.FindAsync(key, Token)).ToArray();

        await gone.CancelAsync();
        answering.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await Task.WhenAll(others)).ShouldAllBe(caller => caller != null);
        _store.Listed.ShouldBe(1);
    }

    [Fact]
    public async Task Find_DatabaseStaysUnavailable_NoCallerWaitsForIt()
    {
        var key = _store.Make();
        _store.Failure = new GatewayException(GatewayErrorKind.Unavailable, "away");
        await Should.ThrowAsync<GatewayException>(() => _ring.FindAsync(key, Token));
        var answering = new TaskCompletionSource();
        _store.Answering = answering.Task;

        foreach (var _ in Enumerable.Range(0, 50))
        {
            var finding = _ring.FindAsync(key, Token);
            finding.IsFaulted.ShouldBeTrue("a call that waits for a database that is away");
            (await Should.ThrowAsync<GatewayException>(finding)).Kind.ShouldBe(GatewayErrorKind.Unavailable);
        }

        _store.Listed.ShouldBe(2);
        _store.Failure = null;
        answering.SetResult();
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_OldKeys_AreReadAgainBeforeACallerWaits()
    {
        var key = _store.Make();
        (await _ring.FindAsync(key, Token)).ShouldNotBeNull();
        _store.Answering = new TaskCompletionSource().Task;
        _time.Advance(ApiKeyRing.Lifetime / 2);

        var finding = _ring.FindAsync(key, Token);

        finding.IsCompletedSuccessfully.ShouldBeTrue();
        _store.Listed.ShouldBe(2);
    }
}
