using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.FileStore.Tests.Expiry;

/// <summary>Many files expire at once, and nobody else notices.</summary>
public sealed class LargeSweepTests(MongoFixture mongo)
{
    private const int Owners = 500;
    private const int Rounds = 50;
    private const int WithBytes = 2_000;

    private static readonly byte[] Content = new byte[10_000];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_SweepOfAHundredThousandFiles_AllowsReadsAndWrites()
    {
        await using var store = await RunningFileStore.StartAsync();
        await store.UntilSweptAsync();
        var expired = CreateExpired(store, 100_000);
        await using (var connection = new SqliteConnection($"Data Source={store.DataDirectory}/metadata.db;Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var transaction = connection.BeginTransaction();
            await connection.ExecuteAsync(SqliteStatements.Add, expired.Select(FileRow.From), transaction);
            await transaction.CommitAsync(Token);
        }

        await ShouldSweepUnnoticedAsync(store, expired);
    }

    // The stand-in for MongoDB takes about a millisecond for each change, so they are fewer.
    [Fact]
    public async Task MongoDb_SweepOfTenThousandFiles_AllowsReadsAndWrites()
    {
        var server = await mongo.ServerAsync();
        await using var database = new MongoTestDatabase(server);
        await using var store = await RunningFileStore.StartAsync(
            ("Database:Provider", "MongoDb"),
            ("Database:MongoDb", MongoTestDatabase.AddressOf(server)),
            ("Database:Name", database.Name)
        );
        await store.UntilSweptAsync();
        var expired = CreateExpired(store, 10_000);
        await database["user_files"].InsertManyAsync(expired.Select(MongoFileDocument.From), options: null, Token);

        await ShouldSweepUnnoticedAsync(store, expired);
    }

    private static List<StoredFile> CreateExpired(RunningFileStore store, int count)
    {
        var uploadedAt = store.Time.GetUtcNow().AddHours(-49);
        var files = Enumerable
            .Range(0, count)
            .Select(i => TestFiles.Create($"user-{i % Owners}", uploadedAt) with { FileSize = 0 })
            .ToList();
        foreach (var file in files.Take(WithBytes))
        {
            var folder = Directory.CreateDirectory(Path.Combine(store.DataDirectory, "user_files", file.UserId)).FullName;
            File.WriteAllText(Path.Combine(folder, file.FileId), "bytes");
        }

        return files;
    }

    private static async Task ShouldSweepUnnoticedAsync(RunningFileStore store, List<StoredFile> expired)
    {
        var kept = new List<string> { (await store.Client.UploadAsync("first.bin", Content)).FileId };
        var sweeping = Task.Run(() => store.Services.GetRequiredService<ExpiredFileSweeper>().SweepAsync(Token), Token);

        for (var round = 0; round < Rounds; round++)
        {
            kept.Add((await store.Client.UploadAsync($"{round}.bin", Content)).FileId);
            (await store.Client.DownloadAsync(kept[0])).Content.ShouldBeBytes(Content);
            (await store.Client.ListFilesAsync(pageSize: 1000)).Files.Count.ShouldBe(kept.Count);
            (await store.Client.ListFilesAsync("user-1")).Files.ShouldBeEmpty();
        }

        sweeping.IsCompleted.ShouldBeFalse("the calls waited for the sweep");
        (await sweeping).ShouldBe(expired.Count);
        var metadata = store.Services.GetRequiredService<IFileMetadata>();
        (await metadata.WalkAsync("", 10_000, Token)).Select(file => file.FileId).ShouldBe(kept, ignoreOrder: true);
        (await metadata.HasExpiredAsync(expired[^1].UserId, expired[^1].FileId, store.Time.GetUtcNow(), Token)).ShouldBeTrue();
        store.BlobPaths().ShouldBe([.. kept.Select(fileId => $"user_files/alice/{fileId}").Prepend("user_files/alice").Order()]);
    }
}
