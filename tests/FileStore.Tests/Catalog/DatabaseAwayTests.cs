using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Catalog;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.FileTypes;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Tests.Expiry;
using CodeInterpreter.FileStore.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Catalog;

/// <summary>The database goes away between a file's bytes and its record.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new(TestFiles.Noon);
    private readonly SqliteFileMetadata _database;
    private readonly UnreliableMetadata _metadata;
    private readonly DiskBlobStore _disk;
    private readonly UnreliableBlobStore _blobs;
    private readonly UnrecordedBlobs _unrecorded;
    private readonly FileCatalog _catalog;

    public DatabaseAwayTests()
    {
        var options = Options.Create(new FileStoreOptions { DataDirectory = _directory.Path });
        _database = new SqliteFileMetadata(options);
        _metadata = new UnreliableMetadata(_database);
        _disk = new DiskBlobStore(options);
        _blobs = new UnreliableBlobStore(_disk);
        _unrecorded = new UnrecordedBlobs(_time);
        _catalog = new FileCatalog(
            _metadata,
            _blobs,
            _unrecorded,
            new FileTypeDetector(FileTypeTable.Load()),
            new FileInstruments(_services.GetRequiredService<IMeterFactory>()),
            _time,
            options,
            Options.Create(new ExpiryOptions()),
            NullLogger<FileCatalog>.Instance
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _disk.InitializeAsync(Token);
        await _database.InitializeAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _services.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Store_GeneratedFile_WaitsUntilTheDatabaseIsBack()
    {
        _metadata.IsAway = true;
        var storing = StoreAsync(FileSource.Generated, Token);
        await UntilAsync(() => _metadata.Failures > 2);
        storing.IsCompleted.ShouldBeFalse();

        _metadata.IsAway = false;
        await UntilAsync(() => storing.IsCompleted);

        await ShouldBeTheOnlyFileAsync(await storing);
    }

    [Fact]
    public async Task Store_GeneratedFileWhoseReceiptIsLost_IsStoredOnce()
    {
        _metadata.LosesReceipt = true;
        var storing = StoreAsync(FileSource.Generated, Token);

        await UntilAsync(() => storing.IsCompleted);

        await ShouldBeTheOnlyFileAsync(await storing);
    }

    [Fact]
    public async Task Store_GeneratedFileWhoseRunnerGivesUp_IsCancelled()
    {
        using var runner = new CancellationTokenSource();
        _metadata.IsAway = true;
        var storing = StoreAsync(FileSource.Generated, runner.Token);
        await UntilAsync(() => _metadata.Failures > 0);

        await runner.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(storing.WaitAsync(Eventually.Patience, Token));
    }

    [Fact]
    public async Task Store_UploadedFile_IsRefusedAtOnce()
    {
        _metadata.IsAway = true;

        var refusal = await Should.ThrowAsync<FileStoreException>(
            StoreAsync(FileSource.Uploaded, Token).WaitAsync(Eventually.Patience, Token)
        );

        refusal.Error.ShouldBe(FileError.Unavailable);
    }

    [Fact]
    public async Task Store_UploadedFileThatIsRefused_LeavesNoBytesBehindTheNextSweep()
    {
        _metadata.IsAway = true;
        await Should.ThrowAsync<FileStoreException>(StoreAsync(FileSource.Uploaded, Token));
        _metadata.IsAway = false;
        (await BlobsAsync()).Count.ShouldBe(1);

        await SweepAfterAsync(UnrecordedBlobs.Grace);

        (await BlobsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_GeneratedFileWhoseRunnerGivesUp_LeavesNoBytesBehindTheNextSweep()
    {
        using var runner = new CancellationTokenSource();
        _metadata.IsAway = true;
        var storing = StoreAsync(FileSource.Generated, runner.Token);
        await UntilAsync(() => _metadata.Failures > 0);
        await runner.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(storing.WaitAsync(Eventually.Patience, Token));
        _metadata.IsAway = false;

        await SweepAfterAsync(UnrecordedBlobs.Grace);

        (await BlobsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_UploadedFileWhoseReceiptIsLost_KeepsItsBytes()
    {
        _metadata.LosesReceipt = true;
        await Should.ThrowAsync<FileStoreException>(StoreAsync(FileSource.Uploaded, Token));

        await SweepAfterAsync(UnrecordedBlobs.Grace);

        var file = (await _catalog.ListAsync(new FileQuery("alice"), after: null, 10, Token)).Files.ShouldHaveSingleItem();
        await using var content = await _catalog.OpenAsync("alice", file.FileId, offset: 0, length: 0, Token);
        content.Remaining.ShouldBe(5);
    }

    [Fact]
    public async Task Sweep_BytesThatMayJustBeRecorded_AreKept()
    {
        _metadata.IsAway = true;
        await Should.ThrowAsync<FileStoreException>(StoreAsync(FileSource.Uploaded, Token));
        _metadata.IsAway = false;

        await SweepAfterAsync(UnrecordedBlobs.Grace - TimeSpan.FromSeconds(1));

        (await BlobsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_BytesThatCannotBeDeleted_OthersAreDeleted()
    {
        _metadata.IsAway = true;
        await Should.ThrowAsync<FileStoreException>(StoreAsync(FileSource.Uploaded, Token));
        await Should.ThrowAsync<FileStoreException>(StoreAsync(FileSource.Uploaded, Token));
        _metadata.IsAway = false;
        _blobs.Broken = (await BlobsAsync())[0].FileId;

        await SweepAfterAsync(UnrecordedBlobs.Grace);

        (await BlobsAsync()).ShouldHaveSingleItem().FileId.ShouldBe(_blobs.Broken);
    }

    [Fact]
    public async Task Store_ReplacementWhileTheDatabaseFails_KeepsTheFirstFile()
    {
        var first = await StoreAsync(FileSource.Uploaded, Token, "a", "a.txt");
        _metadata.GoesAwayBeforeReplacing = true;

        var refusal = await Should.ThrowAsync<FileStoreException>(StoreAsync(FileSource.Uploaded, Token, "a", "b.txt"));

        refusal.Error.ShouldBe(FileError.Unavailable);
        _metadata.IsAway = false;
        await ShouldBeTheOnlyFileAsync(first);
        await using var content = await _catalog.OpenAsync("alice", first.FileId, offset: 0, length: 0, Token);
        content.Remaining.ShouldBe(5);
    }

    private async Task<StoredFile> StoreAsync(
        FileSource source,
        CancellationToken cancellationToken,
        string? uploadId = null,
        string filename = "a.txt"
    )
    {
        var file = new NewFile
        {
            UserId = "alice",
            Filename = filename,
            Source = source,
            UploadId = uploadId,
        };
        await using var incoming = await _catalog.ReceiveAsync(file, cancellationToken);
        await incoming.AppendAsync("bytes"u8.ToArray(), cancellationToken);
        return await _catalog.StoreAsync(incoming, cancellationToken);
    }

    private async Task<List<BlobKey>> BlobsAsync()
    {
        var keys = new List<BlobKey>();
        await foreach (var key in _disk.ListAsync(DateTimeOffset.MaxValue, Token))
            keys.Add(key);
        return keys;
    }

    private async Task SweepAfterAsync(TimeSpan time)
    {
        _time.Advance(time);
        var instruments = new SweepInstruments(_services.GetRequiredService<IMeterFactory>());
        await Sweepers.Create(_metadata, _blobs, instruments, _time, new ExpiryOptions(), unrecorded: _unrecorded).SweepAsync(Token);
    }

    private async Task ShouldBeTheOnlyFileAsync(StoredFile stored) =>
        (await _catalog.ListAsync(new FileQuery("alice"), after: null, 10, Token)).Files.ShouldHaveSingleItem().ShouldBe(stored);

    private Task UntilAsync(Func<bool> condition) =>
        Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        });
}
