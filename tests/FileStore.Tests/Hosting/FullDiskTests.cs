using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>The service on a disk that is really full, and has room again later.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private static readonly byte[] Content = new byte[300_000];

    private SmallDisk _disk = null!;
    private RunningFileStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync(megabytes: 4);
        _store = await RunningFileStore.StartAsync(("FileStore:DataDirectory", _disk.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _disk.DisposeAsync();
    }

    [Fact]
    public async Task Upload_LargerThanTheFreeSpace_IsRefusedAndLeavesNothing()
    {
        var kept = await _store.Client.UploadAsync("kept.bin", Content);

        (await ShouldBeFullAsync(() => _store.Client.UploadAsync("big.bin", new byte[6_000_000]))).ShouldContain("disk");

        Entries().ShouldBe([kept.FileId]);
        await ShouldServeAsync(kept.FileId);
        (await _store.Client.UploadAsync("small.bin", Content)).FileSize.ShouldBe(Content.Length);
    }

    // A client whose bytes cross the answer may lose it, or its connection: this was so for one in thirty.
    [Fact]
    public async Task Upload_RefusedInTheMiddleRepeatedly_IsAnsweredEachTime()
    {
        for (var upload = 0; upload < 100; upload++)
        {
            await ShouldBeFullAsync(() => _store.Client.UploadAsync("big.bin", new byte[6_000_000]));
        }

        Entries().ShouldBeEmpty();
    }

    [Fact]
    public async Task FullDisk_ServesReadersAndTakesUploadsOnceThereIsSpace()
    {
        var kept = await _store.Client.UploadAsync("kept.bin", Content);
        _disk.Fill();

        await ShouldBeFullAsync(() => _store.Client.UploadAsync("more.bin", Content));
        await ShouldServeAsync(kept.FileId);
        (await ReadinessAsync()).ShouldBe(ServingStatus.Serving);
        Entries().ShouldBe([kept.FileId]);

        _disk.MakeRoom();
        await _store.Client.UploadAsync("more.bin", Content);
        (await _store.Client.ListFilesAsync()).Files.Select(file => file.Filename).ShouldBe(["kept.bin", "more.bin"], ignoreOrder: true);
    }

    [Fact]
    public async Task Record_WithoutFreeSpace_LeavesNoBytes()
    {
        var kept = await _store.Client.UploadAsync("kept.bin", Content);
        _disk.Fill();

        // Bytes of no length fit, their records soon do not.
        var stored = new List<string> { kept.FileId };
        var refusal = await ShouldBeFullAsync(async () =>
        {
            while (stored.Count < 10_000)
            {
                stored.Add((await _store.Client.UploadAsync("empty.txt", [])).FileId);
            }
        });

        refusal.ShouldContain("database");
        Entries().ShouldBe(stored, ignoreOrder: true);
        await ShouldServeAsync(kept.FileId);
        _disk.MakeRoom();
        await _store.Client.DeleteFileAsync(kept.FileId);
        (await _store.Client.UploadAsync("more.bin", Content)).FileSize.ShouldBe(Content.Length);
    }

    private static async Task<string> ShouldBeFullAsync(Func<Task> call)
    {
        var refusal = await Should.ThrowAsync<RpcException>(() => call().WaitAsync(Eventually.Patience));
        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted, refusal.Status.Detail);
        RpcErrors.ReasonOf(refusal).ShouldBe("STORAGE_FULL");
        refusal.Status.Detail.ShouldContain("the operator has to provide space");
        return refusal.Status.Detail;
    }

    private async Task ShouldServeAsync(string fileId)
    {
        (await _store.Client.DownloadAsync(fileId)).Content.ShouldBeBytes(Content);
        (await _store.Client.GetFileAsync(fileId)).FileId.ShouldBe(fileId);
        (await _store.Client.ListFilesAsync()).Files.ShouldContain(file => file.FileId == fileId);
    }

    private IEnumerable<string?> Entries() =>
        new[] { "user_files", "incoming" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(_disk.Path, folder), "*", SearchOption.AllDirectories))
            .Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.'));

    private async Task<ServingStatus> ReadinessAsync()
    {
        var client = new global::Grpc.Health.V1.Health.HealthClient(_store.Channel);
        return (await client.CheckAsync(new HealthCheckRequest())).Status;
    }
}
