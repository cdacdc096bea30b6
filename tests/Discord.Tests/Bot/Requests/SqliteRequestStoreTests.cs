using CodeInterpreter.Discord.Bot.Requests;
using CodeInterpreter.Discord.Bot.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Tests.Bot.Requests;

public sealed class SqliteRequestStoreTests : RequestStoreContract, IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("discord-");
    private readonly SqliteRequestStore _store;

    public SqliteRequestStoreTests() => _store = Open();

    private protected override IRequestStore Store => _store;

    [Fact]
    public async Task WhatWasAdded_IsThereAfterARestart_AndNobodyElseCanReadIt()
    {
        var token = TestContext.Current.CancellationToken;
        var request = new StoredRequest
        {
            Id = "1",
            UserId = "10",
            ReceivedAt = DateTimeOffset.UnixEpoch,
            Code = new RequestedCode { Code = "print(1)" },
        };
        await _store.AddAsync(request, new Lease("me", DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch, token);
        await _store.DisposeAsync();

        await using var reopened = Open();
        (await reopened.FindAsync("1", token)).ShouldBeLike(request);
        if (!OperatingSystem.IsWindows())
            new DirectoryInfo(Path.Combine(_directory.FullName, "data")).UnixFileMode.ShouldBe(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private SqliteRequestStore Open() =>
        new(Options.Create(new BotOptions { DataDirectory = Path.Combine(_directory.FullName, "data") }), TimeProvider.System);
}
