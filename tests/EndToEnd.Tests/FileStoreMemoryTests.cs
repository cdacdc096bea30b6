namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>A file store passes files on and never has them in memory, however many and large they are.</summary>
public sealed class FileStoreMemoryTests : IAsyncLifetime
{
    private const int AtOnce = 8;
    private const long Megabyte = 1024 * 1024;
    private const long FileBytes = 50 * Megabyte;

    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
    private ServiceProcess _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _store = await ServiceProcess.StartAsync("FileStore", [new("FileStore:DataDirectory", _directory)]);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task LargeFiles_AtOnce_TakeLittleMemory()
    {
        var traffic = new FileTraffic(_store.GrpcAddress, StandaloneFixture.NewUser());
        await traffic.DownloadAsync(await traffic.UploadAsync(Megabyte, Token), Token);
        var memory = new ResidentMemory(_store.Id);
        var before = memory.Bytes;
        memory.ForgetPeak();

        var large = await traffic.UploadAsync(FileBytes, Token);
        var uploads = Enumerable.Range(0, AtOnce).Select(_ => traffic.UploadAsync(FileBytes, Token));
        var downloads = Enumerable.Range(0, AtOnce).Select(_ => traffic.DownloadAsync(large, Token)).ToList();
        (await Task.WhenAll(uploads)).Distinct().Count().ShouldBe(AtOnce);
        (await Task.WhenAll(downloads)).ShouldAllBe(bytes => bytes == FileBytes);

        (memory.PeakBytes - before).ShouldBeLessThan(64 * Megabyte);
    }
}
