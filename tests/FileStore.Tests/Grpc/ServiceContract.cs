using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;

namespace CodeInterpreter.FileStore.Tests.Grpc;

/// <summary>
/// What callers may expect wherever records and bytes are kept: a subclass names the servers for them, in whose place are SQLite
/// and the disk otherwise. All stores that one test starts have them in common.
/// </summary>
public abstract class ServiceContract(MongoFixture? mongo = null, S3Fixture? s3 = null) : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private MongoTestDatabase? _database;
    private S3TestBucket? _bucket;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = mongo is null ? null : new MongoTestDatabase(await mongo.ServerAsync());
        _bucket = s3 is null ? null : new S3TestBucket(await s3.ServerAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await (_database?.DisposeAsync() ?? default);
        await (_bucket?.DisposeAsync() ?? default);
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningFileStore> StartAsync(params (string Option, string Value)[] settings) =>
        RunningFileStore.StartAsync([
            ("FileStore:DataDirectory", _directory.Path),
            .. _database?.Settings ?? [],
            .. _bucket?.Settings ?? [],
            .. settings,
        ]);

    /// <summary>The paths of all blobs, finished or not.</summary>
    private protected async Task<string[]> BlobsAsync()
    {
        var paths = _bucket is null ? FilesIn("user_files").Concat(FilesIn("incoming")) : await _bucket.BlobsAsync();
        return [.. paths.Where(path => !Path.GetFileName(path).StartsWith('.')).Order()];
    }

    private IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(_directory.Path, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_directory.Path, path));
}
