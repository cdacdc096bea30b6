using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;

namespace CodeInterpreter.FileStore.Tests.Expiry;

/// <summary>Several file stores on one MongoDB and one directory share the work, and none does another's.</summary>
public sealed class SharedSweepTests(MongoFixture mongo) : IAsyncLifetime
{
    private const int Files = 250;
    private const int Stores = 3;

    private readonly TemporaryDirectory _directory = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new(TestFiles.Noon);
    private readonly List<MongoConnection> _connections = [];
    private MongoTestDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = new MongoTestDatabase(await mongo.ServerAsync());

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        await _database.DisposeAsync();
        await _services.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Sweep_ByStoresAtOnce_DeletesEachFileOnceAndLeavesNothing()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, Stores).Select(_ => OpenAsync()));
        await Task.WhenAll(Enumerable.Range(0, Files).Select(i => StoreAsync(stores[i % Stores])));
        var kept = await StoreAsync(stores[0], _time.GetUtcNow().AddHours(1));
        _time.Advance(TimeSpan.FromHours(48));

        var counts = await Task.WhenAll(stores.Select(store => Task.Run(() => store.Sweeper.SweepAsync(Token), Token)));

        TestContext.Current.TestOutputHelper!.WriteLine($"Files swept by each store: {string.Join(", ", counts)}");
        counts.Sum().ShouldBe(Files);
        var deleted = stores.SelectMany(store => store.Blobs.Deleted).ToList();
        deleted.Count.ShouldBe(Files);
        deleted.Distinct().Count().ShouldBe(Files);
        Directory
            .EnumerateFiles(Path.Combine(_directory.Path, "user_files"), "*_*", SearchOption.AllDirectories)
            .ShouldHaveSingleItem()
            .ShouldEndWith(kept.FileId);
        (await _database["user_files"].CountDocumentsAsync(new BsonDocument(), cancellationToken: Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_ByStoresAtOnce_RemovesEachRecordWithoutBytesOnce()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, Stores).Select(_ => OpenAsync()));
        using var counted = new MetricCollector<long>(
            _services.GetRequiredService<IMeterFactory>(),
            FileStoreTelemetry.Name,
            "code_interpreter.file_store.files.lost"
        );
        var files = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => StoreAsync(stores[i % Stores])));
        await Task.WhenAll(stores.Select(store => store.Sweeper.SweepAsync(Token)));
        foreach (var file in files[..45])
        {
            await stores[0].Blobs.DeleteAsync(new BlobKey(file.UserId, file.FileId), Token);
        }

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.Sweeper.SweepAsync(Token), Token)));

        counted.GetMeasurementSnapshot().Sum(count => count.Value).ShouldBe(45);
        (await stores[0].Metadata.WalkAsync("", 100, Token)).ShouldBe(files[45..], ignoreOrder: true);
    }

    private async Task<Store> OpenAsync()
    {
        var connection = _database.Connect();
        _connections.Add(connection);
        var metadata = new MongoFileMetadata(connection, TimeProvider.System);
        var blobs = new UnreliableBlobStore(new DiskBlobStore(Options.Create(new FileStoreOptions { DataDirectory = _directory.Path })));
        await metadata.InitializeAsync(Token);
        await blobs.InitializeAsync(Token);
        var instruments = new SweepInstruments(_services.GetRequiredService<IMeterFactory>());
        var sweeper = Sweepers.Create(metadata, blobs, instruments, _time, new ExpiryOptions { BatchSize = 10 });
        return new Store(metadata, blobs, sweeper);
    }

    private static async Task<StoredFile> StoreAsync(Store store, DateTimeOffset? uploadedAt = null)
    {
        var file = TestFiles.Create($"user-{Random.Shared.Next(10)}", uploadedAt) with { FileSize = 0 };
        await using var writer = await store.Blobs.CreateAsync(new BlobKey(file.UserId, file.FileId), Token);
        await writer.WriteAsync("bytes"u8.ToArray(), Token);
        await writer.CommitAsync(Token);
        await store.Metadata.AddAsync(file, Quota.None, Token);
        return file;
    }

    private sealed record Store(MongoFileMetadata Metadata, UnreliableBlobStore Blobs, ExpiredFileSweeper Sweeper);
}
