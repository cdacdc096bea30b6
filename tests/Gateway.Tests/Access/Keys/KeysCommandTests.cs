using System.CommandLine;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.ServiceDefaults.Programs;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Access.Keys;

public sealed class KeysCommandTests
{
    private readonly KeysInMemory _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("u")]
    public async Task Create_PrintsAKeyThatWorksAndDoesNotStoreItsSecret(string? userId)
    {
        string[] user = userId is null ? [] : ["--user", userId];
        var (exitCode, output, messages) = await RunAsync(["keys", "create", "--name", "my bot", .. user]);

        exitCode.ShouldBe(0);
        var text = ApiKeyText.Read(output.Trim()).ShouldNotBeNull();
        var kept = (await _store.ListAsync(Token)).ShouldHaveSingleItem();
        text.Is(kept).ShouldBeTrue();
        (kept.KeyId, kept.Name, kept.UserId, kept.CreatedAt).ShouldBe((text.KeyId, "my bot", userId, _time.GetUtcNow()));
        var secret = text.Text[^64..];
        kept.ToString().ShouldNotContain(secret);
        messages.ShouldNotContain(secret);
        text.ToString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task Create_TwoKeys_AreDifferent()
    {
        var (one, other) = (ApiKeyText.Create(), ApiKeyText.Create());

        one.KeyId.ShouldNotBe(other.KeyId);
        one.Hash.ShouldNotBe(other.Hash);
        one.Text.Length.ShouldBe("ci_".Length + 16 + "_".Length + 64);
    }

    [Fact]
    public async Task List_ShowsKeysWithoutTheirHashes()
    {
        var key = _store.Make("u");
        await _store.RevokeAsync(key.KeyId, _time.GetUtcNow(), Token);

        var (exitCode, output, _) = await RunAsync("keys", "list");

        exitCode.ShouldBe(0);
        output.Trim().ShouldBe($"{key.KeyId}  1970-01-01 00:00:00Z  revoked 2026-01-02 03:04:05Z  user u  test");
    }

    [Fact]
    public async Task Create_WithALifetime_SaysWhenTheKeyExpires()
    {
        var (exitCode, _, messages) = await RunAsync("keys", "create", "--name", "bot", "--expires-in", "90d");
        var valid = (await RunAsync("keys", "list")).Output;
        _time.Advance(TimeSpan.FromDays(90));
        var expired = (await RunAsync("keys", "list")).Output;

        exitCode.ShouldBe(0);
        (await _store.ListAsync(Token)).ShouldHaveSingleItem().ExpiresAt.ShouldBe(_time.GetUtcNow());
        messages.ShouldContain("valid for any user until 2026-04-02 03:04:05Z");
        valid.ShouldContain("valid until 2026-04-02 03:04:05Z");
        expired.ShouldContain("expired 2026-04-02 03:04:05Z");
    }

    [Fact]
    public async Task Revoke_EndsAKey()
    {
        var key = _store.Make();

        (await RunAsync("keys", "revoke", key.KeyId)).ExitCode.ShouldBe(0);
        (await RunAsync("keys", "revoke", "unknown")).ExitCode.ShouldBe(1);

        (await _store.ListAsync(Token)).ShouldHaveSingleItem().RevokedAt.ShouldBe(_time.GetUtcNow());
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys make")]
    [InlineData("keys create")]
    [InlineData("keys create --name")]
    [InlineData("keys create --name bot --usr u")]
    [InlineData("keys create --name bot --user not/an/id")]
    [InlineData("keys create --name bot --user")]
    [InlineData("keys create --name bot --expires-in 90")]
    [InlineData("keys create --name bot --expires-in 0d")]
    [InlineData("keys create --name bot --expires-in 3651d")]
    [InlineData("keys list all")]
    public async Task UnknownArguments_CreateNoKey(string command)
    {
        var (exitCode, output, messages) = await RunAsync(command.Split(' '));

        exitCode.ShouldBe(ExitCodes.Usage);
        output.ShouldBeEmpty();
        messages.ShouldContain("Usage:");
        (await _store.ListAsync(Token)).ShouldBeEmpty();
    }

    private async Task<(int ExitCode, string Output, string Messages)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var root = new RootCommand { KeysCommand.Create(use => use(_store), _time, output, messages) };
        var exitCode = await ServiceProgram.RunAsync(root, args, messages);
        return (exitCode, output.ToString(), messages.ToString());
    }
}
