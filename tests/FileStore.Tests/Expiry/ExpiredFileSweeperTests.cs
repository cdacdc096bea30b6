using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.FileStore.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Expiry;

public sealed class ExpiredFileSweeperTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(TestFiles.Noon);
    private readonly ExpiryOptions _options = new() { BatchSize = 3, OrphanGrace = TimeSpan.FromDays(8) };
    private readonly SqliteFileMetadata _metadata;
    private readonly DiskBlobStore _disk;
    private readonly IMeterFactory _meters = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    private readonly UnreliableBlobStore _blobs;

    public ExpiredFileSweeperTests()
    {
        var options = Options.Create(new FileStoreOptions { DataDirectory = _directory.Path });
        _metadata = new SqliteFileMetadata(options);
        _disk = new DiskBlobStore(options);
        _blobs = new UnreliableBlobStore(_disk);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _disk.InitializeAsync(Token);
        await _metadata.InitializeAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _metadata.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Sweep_ExpiredFilesOfAnyNumber_RemovesBlobsRecordsAndEmptyFolders(int count)
    {
        var expired = await StoreAsync(count, "alice");
        _time.Advance(TimeSpan.FromHours(1));
        var kept = await StoreAsync(2, "bob");
        _time.Advance(TimeSpan.FromHours(47));

        (await CreateSweeper().SweepAsync(Token)).ShouldBe(count);

        (await KnownAsync([.. expired, .. kept])).ShouldBe(kept.Select(file => file.FileId), ignoreOrder: true);
        Folders().ShouldBe(["bob"]);
        (await CreateSweeper().SweepAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_ByManyAtOnce_CountsEveryFileOnce()
    {
        await StoreAsync(50, "alice");
        _time.Advance(TimeSpan.FromHours(48));

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CreateSweeper().SweepAsync(Token), Token)));

        counts.Sum().ShouldBe(50);
        _blobs.Deleted.Count.ShouldBe(50);
        Folders().ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_ClaimOfADeadSweeper_IsTakenOverAfterItsExpiry()
    {
        await StoreAsync(2, "alice");
        _time.Advance(TimeSpan.FromHours(48));
        await _metadata.ClaimExpiredAsync(null, 10, Claim.Take(_time, _options.ClaimLease), Token);

        (await CreateSweeper().SweepAsync(Token)).ShouldBe(0);
        _time.Advance(_options.ClaimLease);
        (await CreateSweeper().SweepAsync(Token)).ShouldBe(2);
    }

    [Fact]
    public async Task Sweep_CrashBetweenBlobAndRecord_IsFinishedByTheNextSweep()
    {
        var file = (await StoreAsync(1, "alice"))[0];
        _time.Advance(TimeSpan.FromHours(48));
        await _metadata.ClaimExpiredAsync(null, 10, Claim.Take(_time, _options.ClaimLease), Token);
        await _disk.DeleteAsync(new BlobKey(file.UserId, file.FileId), Token);
        _time.Advance(_options.ClaimLease);

        (await CreateSweeper().SweepAsync(Token)).ShouldBe(1);

        (await KnownAsync([file])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_BlobThatCannotBeDeleted_KeepsItsRecordAndOthersAreRemoved()
    {
        var files = await StoreAsync(5, "alice");
        _time.Advance(TimeSpan.FromHours(48));
        _blobs.Broken = files[2].FileId;

        (await CreateSweeper().SweepAsync(Token)).ShouldBe(4);
        (await KnownAsync(files)).ShouldBe([files[2].FileId]);

        _blobs.Broken = null;
        _time.Advance(_options.ClaimLease);
        (await CreateSweeper().SweepAsync(Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_BlobsWithoutARecord_AreRemovedOnceOldEnough()
    {
        var kept = await StoreAsync(2, "alice");
        var orphans = new List<BlobKey>();
        for (var i = 0; i < 7; i++)
        {
            orphans.Add(await StoreBlobAsync(TestFiles.Create("bob")));
        }

        var fresh = orphans[0];
        SetAge(fresh, _options.OrphanGrace - TimeSpan.FromSeconds(1));
        orphans.Skip(1).ToList().ForEach(orphan => SetAge(orphan, _options.OrphanGrace + TimeSpan.FromSeconds(1)));
        kept.ForEach(file => SetAge(new BlobKey(file.UserId, file.FileId), TimeSpan.FromDays(9)));

        (await CreateSweeper().SweepAsync(Token)).ShouldBe(0);

        _blobs.Deleted.ShouldBe(orphans.Skip(1), ignoreOrder: true);
        Folders().ShouldBe(["alice", "bob"]);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1, 10)]
    public async Task Sweep_BlobsOfKnownFiles_AreNotOrphans(int retentionDays, int lifetimeDays)
    {
        var options = new FileStoreOptions { Retention = TimeSpan.FromDays(retentionDays), MaxLifetime = TimeSpan.FromDays(lifetimeDays) };
        var orphan = await StoreBlobAsync(TestFiles.Create("bob"));
        var sweeper = Sweepers.Create(_metadata, _blobs, new SweepInstruments(_meters), _time, _options, files: options);

        SetAge(orphan, TimeSpan.FromDays(10) - TimeSpan.FromSeconds(1));
        await sweeper.SweepAsync(Token);
        _blobs.Deleted.ShouldBeEmpty();
        SetAge(orphan, TimeSpan.FromDays(10) + TimeSpan.FromSeconds(1));
        await sweeper.SweepAsync(Token);
        _blobs.Deleted.ShouldBe([orphan]);
    }

    [Fact]
    public async Task Sweep_DatabaseOfAnotherBlobStore_RemovesNoBlobs()
    {
        await _metadata.BindAsync("another", Token);
        var blob = await StoreBlobAsync(TestFiles.Create("bob"));
        SetAge(blob, TimeSpan.FromDays(100));

        var refusal = await Should.ThrowAsync<FileStoreException>(() => CreateSweeper().SweepAsync(Token));

        refusal.Message.ShouldContain("another");
        _blobs.Deleted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_UnfinishedUploadsOfACrash_AreRemovedOnceOldEnough()
    {
        var leftover = Path.Combine(_directory.Path, "incoming", "leftover");
        await File.WriteAllTextAsync(leftover, "half a file", Token);
        File.SetLastWriteTimeUtc(leftover, _time.GetUtcNow().UtcDateTime);

        await CreateSweeper().SweepAsync(Token);
        File.Exists(leftover).ShouldBeTrue();
        _time.Advance(_options.UnfinishedGrace + TimeSpan.FromSeconds(1));
        await CreateSweeper().SweepAsync(Token);
        File.Exists(leftover).ShouldBeFalse();
    }

    [Fact]
    public async Task Sweep_RemovedFiles_AreCounted()
    {
        using var expired = new MetricCollector<long>(_meters, FileStoreTelemetry.Name, "code_interpreter.file_store.files.expired");
        await StoreAsync(4, "alice");
        _time.Advance(TimeSpan.FromHours(48));

        await CreateSweeper().SweepAsync(Token);

        expired.GetMeasurementSnapshot().ShouldHaveSingleItem().Value.ShouldBe(4);
    }

    private ExpiredFileSweeper CreateSweeper() => Sweepers.Create(_metadata, _blobs, new SweepInstruments(_meters), _time, _options);

    private async Task<List<StoredFile>> StoreAsync(int count, string userId)
    {
        var files = Enumerable.Range(0, count).Select(_ => TestFiles.Create(userId, _time.GetUtcNow()) with { FileSize = 0 }).ToList();
        foreach (var file in files)
        {
            await StoreBlobAsync(file);
            await _metadata.AddAsync(file, Quota.None, Token);
        }

        return files;
    }

    private async Task<BlobKey> StoreBlobAsync(StoredFile file)
    {
        var key = new BlobKey(file.UserId, file.FileId);
        await using var writer = await _disk.CreateAsync(key, Token);
        await writer.CommitAsync(Token);
        SetAge(key, TimeSpan.Zero);
        return key;
    }

    private void SetAge(BlobKey key, TimeSpan age) =>
        File.SetLastWriteTimeUtc(Path.Combine(_directory.Path, "user_files", key.Path), (_time.GetUtcNow() - age).UtcDateTime);

    private Task<IReadOnlySet<string>> KnownAsync(List<StoredFile> files) =>
        _metadata.FindKnownAsync([.. files.Select(file => file.FileId)], Token);

    private IEnumerable<string?> Folders() =>
        Directory.EnumerateDirectories(Path.Combine(_directory.Path, "user_files")).Select(Path.GetFileName).Order();
}
