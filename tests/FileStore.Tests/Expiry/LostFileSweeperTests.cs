using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.FileStore.Tests.Hosting;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.FileStore.Tests.Expiry;

/// <summary>Records whose bytes are gone, in a running service whose directory is tampered with.</summary>
public sealed class LostFileSweeperTests : IAsyncLifetime
{
    private RunningFileStore _store = null!;
    private UnreliableBlobStore _blobs = null!;
    private ExpiredFileSweeper _sweeper = null!;
    private MetricCollector<long> _lost = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string UserFiles => Path.Combine(_store.DataDirectory, "user_files");

    private long Lost => _lost.GetMeasurementSnapshot().Sum(count => count.Value);

    public async ValueTask InitializeAsync()
    {
        _store = await RunningFileStore.StartAsync();
        _blobs = new UnreliableBlobStore(_store.Services.GetRequiredService<IBlobStore>());
        _sweeper = Sweepers.Create(
            _store.Services.GetRequiredService<IFileMetadata>(),
            _blobs,
            _store.Services.GetRequiredService<SweepInstruments>(),
            _store.Time,
            new ExpiryOptions { BatchSize = 3 },
            _store.Services.GetRequiredService<ILoggerFactory>()
        );
        _lost = new MetricCollector<long>(
            _store.Services.GetRequiredService<IMeterFactory>(),
            FileStoreTelemetry.Name,
            "code_interpreter.file_store.files.lost"
        );
        await _store.UntilSweptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _lost.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Sweep_FilesWithoutBytes_AreRemovedAndLogged()
    {
        var files = await UploadAsync(8);
        var lost = files.Where((_, i) => i % 3 != 1).ToList();
        lost.ForEach(fileId => File.Delete(PathOf(fileId)));
        (await RpcAssert.FailsAsync(StatusCode.DataLoss, () => _store.Client.DownloadAsync(lost[0]))).ShouldContain("lost");

        (await _sweeper.SweepAsync(Token)).ShouldBe(0);

        foreach (var fileId in lost)
        {
            await RpcAssert.FailsAsync(StatusCode.NotFound, () => _store.Client.GetFileAsync(fileId));
            _store.Log.Errors.ShouldContain(error => error.Contains(fileId) && error.Contains("its record is removed"));
        }

        (await _store.Client.ListFilesAsync()).Files.Select(file => file.FileId).ShouldBe(files.Except(lost), ignoreOrder: true);
        Lost.ShouldBe(lost.Count);
        _store.Log.Texts.ShouldContain(text => text.Contains($"and {lost.Count} records without a blob"));
        await _sweeper.SweepAsync(Token);
        Lost.ShouldBe(lost.Count);
    }

    [Fact]
    public async Task Sweep_FileCutShortByAPowerFailure_IsRemovedWithItsBytes()
    {
        var files = await UploadAsync(2);
        await File.WriteAllBytesAsync(PathOf(files[0]), [], Token);

        await _sweeper.SweepAsync(Token);

        await RpcAssert.FailsAsync(StatusCode.NotFound, () => _store.Client.GetFileAsync(files[0]));
        (await _store.Client.DownloadAsync(files[1])).Content.ShouldBeBytes("bytes"u8.ToArray());
        File.Exists(PathOf(files[0])).ShouldBeFalse();
        Lost.ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_UnmountedVolume_RemovesNothingUntilItIsBack()
    {
        var files = await UploadAsync(4);
        File.Delete(PathOf(files[0]));
        var mounted = UserFiles + ".away";
        Directory.Move(UserFiles, mounted);

        await ShouldRefuseAsync();
        Directory.CreateDirectory(UserFiles);
        (await ShouldRefuseAsync()).ShouldContain("Is a volume not mounted?");
        (await _store.Client.ListFilesAsync()).Files.Count.ShouldBe(4);

        Directory.Delete(UserFiles, recursive: true);
        Directory.Move(mounted, UserFiles);
        await _sweeper.SweepAsync(Token);

        Lost.ShouldBe(1);
        (await _store.Client.DownloadAsync(files[1])).Content.ShouldBeBytes("bytes"u8.ToArray());
    }

    [Fact]
    public async Task Sweep_VolumeUnmountedMeanwhile_RemovesNothing()
    {
        await UploadAsync(2);
        var mounted = UserFiles + ".away";
        _blobs.Meanwhile = () =>
        {
            Directory.Move(UserFiles, mounted);
            Directory.CreateDirectory(UserFiles);
            return Task.CompletedTask;
        };

        await ShouldRefuseAsync();

        (await _store.Client.ListFilesAsync()).Files.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Sweep_NewBlobStore_IsSweptOnceItHasTheMark()
    {
        await UploadAsync(2);
        var mark = await File.ReadAllTextAsync(Path.Combine(UserFiles, DiskBlobStore.MarkName), Token);
        Directory.Delete(UserFiles, recursive: true);
        Directory.CreateDirectory(UserFiles);
        (await ShouldRefuseAsync()).ShouldContain(mark);

        await File.WriteAllTextAsync(Path.Combine(UserFiles, DiskBlobStore.MarkName), mark + "\n", Token);
        await _sweeper.SweepAsync(Token);

        Lost.ShouldBe(2);
    }

    [Fact]
    public async Task Sweep_FileDeletedOrExpiredMeanwhile_IsNotLost()
    {
        var deleted = (await UploadAsync(1))[0];
        _blobs.Meanwhile = () => _store.Client.DeleteFileAsync(deleted);
        await _sweeper.SweepAsync(Token);

        var expired = (await UploadAsync(1))[0];
        _blobs.Meanwhile = () =>
        {
            File.Delete(PathOf(expired));
            _store.Time.Advance(TimeSpan.FromHours(48));
            return Task.CompletedTask;
        };
        await _sweeper.SweepAsync(Token);

        Lost.ShouldBe(0);
        _store.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_FilesStoredExtendedAndDeletedMeanwhile_LosesNone()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sweeps = 0;
        var sweeping = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await _sweeper.SweepAsync(Token);
                    Interlocked.Increment(ref sweeps);
                }
            },
            Token
        );
        var kept = new List<string>();

        while (Volatile.Read(ref sweeps) < 20)
        {
            var files = await UploadAsync(2);
            await _store.Client.ExtendAsync(
                new()
                {
                    UserId = "alice",
                    FileId = files[0],
                    LifetimeSeconds = 200_000,
                },
                cancellationToken: Token
            );
            await _store.Client.DeleteFileAsync(files[1]);
            kept.Add(files[0]);
        }

        await stop.CancelAsync();
        await sweeping;
        Lost.ShouldBe(0);
        foreach (var fileId in kept)
        {
            (await _store.Client.DownloadAsync(fileId)).Content.ShouldBeBytes("bytes"u8.ToArray());
        }
    }

    private async Task<string> ShouldRefuseAsync()
    {
        var refusal = await Should.ThrowAsync<FileStoreException>(() => _sweeper.SweepAsync(Token));
        refusal.Error.ShouldBe(FileError.Unavailable);
        Lost.ShouldBe(0);
        return refusal.Message;
    }

    private async Task<List<string>> UploadAsync(int count)
    {
        var files = new List<string>();
        for (var i = 0; i < count; i++)
        {
            files.Add((await _store.Client.UploadAsync($"{i}.txt", "bytes"u8.ToArray())).FileId);
        }

        return files;
    }

    private string PathOf(string fileId) => Path.Combine(UserFiles, "alice", fileId);
}
