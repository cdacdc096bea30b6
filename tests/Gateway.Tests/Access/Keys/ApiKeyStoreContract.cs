using CodeInterpreter.Gateway.Access.Keys;

namespace CodeInterpreter.Gateway.Tests.Access.Keys;

/// <summary>What every store of API keys has to do; a subclass names the store.</summary>
public abstract class ApiKeyStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly ApiKey First = new()
    {
        KeyId = "b",
        Name = "größe",
        UserId = "u",
        Hash = "00ff",
        CreatedAt = Now,
    };

    private static readonly ApiKey Second = new()
    {
        KeyId = "a",
        Name = "bot",
        UserId = null,
        Hash = "ff00",
        CreatedAt = Now.AddMilliseconds(1),
        ExpiresAt = Now.AddDays(90),
    };

    private protected abstract IApiKeyStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_AddedKeys_AreOldestFirst()
    {
        (await Store.ListAsync(Token)).ShouldBeEmpty();
        await Store.AddAsync(Second, Token);
        await Store.AddAsync(First, Token);

        (await Store.ListAsync(Token)).ShouldBe([First, Second]);
    }

    [Fact]
    public async Task Revoke_Key_KeepsTheFirstTime()
    {
        await Store.AddAsync(First, Token);
        await Store.AddAsync(Second, Token);

        (await Store.RevokeAsync("b", Now.AddHours(1), Token)).ShouldBeTrue();
        (await Store.RevokeAsync("b", Now.AddHours(2), Token)).ShouldBeTrue();

        (await Store.ListAsync(Token)).ShouldBe([First with { RevokedAt = Now.AddHours(1) }, Second]);
    }

    [Fact]
    public async Task Revoke_UnknownKey_IsReported() => (await Store.RevokeAsync("x", Now, Token)).ShouldBeFalse();
}
