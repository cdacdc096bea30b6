using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Tests.Expiry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>A host that has started goes on, whatever its storage says when it comes back.</summary>
public sealed class StorageStartupTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(TestFiles.Noon);
    private readonly SqliteFileMetadata _metadata;
    private readonly UnreliableBlobStore _blobs;
    private readonly StorageStartup _startup;

    public StorageStartupTests()
    {
        var options = Options.Create(new FileStoreOptions { DataDirectory = _directory.Path });
        _metadata = new SqliteFileMetadata(options);
        _blobs = new UnreliableBlobStore(new DiskBlobStore(options));
        _startup = new StorageStartup(_blobs, _metadata, _time, NullLogger<StorageStartup>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _startup.Dispose();
        await _metadata.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Start_StorageUnavailableAndThenRefusing_RetriesUntilReady()
    {
        _blobs.Refusals.Enqueue(FileStoreException.Unavailable("object store", new IOException("away")));
        _blobs.Refusals.Enqueue(new BlobStoreRefusedException("no right", new IOException("refused")));
        _blobs.Refusals.Enqueue(new InvalidOperationException("what nobody has foreseen"));
        await _startup.StartAsync(Token);

        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _startup.ExecuteTask!.IsCompleted;
        });

        await _startup.ExecuteTask!;
        _blobs.Refusals.ShouldBeEmpty();
        await _metadata.CheckAsync(Token);
    }

    [Fact]
    public async Task Start_StorageRefuses_Fails()
    {
        _blobs.Refusals.Enqueue(new BlobStoreRefusedException("no right", new IOException("refused")));

        await Should.ThrowAsync<BlobStoreRefusedException>(() => _startup.StartAsync(Token));
    }
}
