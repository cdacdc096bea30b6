using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;
using StoredFileMessage = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.FileStore.Tests.Grpc;

/// <summary>Uploads that begin and do not end.</summary>
public sealed class BrokenUploadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_CallerDisconnects_LeavesNothingBehindAndLogsNoError()
    {
        await using var store = await RunningFileStore.StartAsync();
        using var call = await BeginAsync(store);

        call.Dispose();

        await Eventually.TrueAsync(() => store.BlobPaths().Length == 0);
        (await store.Client.ListFilesAsync()).Files.ShouldBeEmpty();
        store.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_CallerStalls_EndsAfterTheIdleTimeout()
    {
        await using var store = await RunningFileStore.StartAsync();
        using var call = await BeginAsync(store);

        await Eventually.TrueAsync(() =>
        {
            store.Time.Advance(TimeSpan.FromSeconds(30));
            return call.ResponseAsync.IsCompleted;
        });

        var message = await RpcAssert.FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseAsync);
        message.ShouldContain("30 seconds");
        await Eventually.TrueAsync(() => store.BlobPaths().Length == 0);
    }

    [Fact]
    public async Task Upload_CallerSendsNothing_EndsAfterTheIdleTimeout()
    {
        await using var store = await RunningFileStore.StartAsync();
        using var call = store.Client.Upload(cancellationToken: Token);

        await Eventually.TrueAsync(() =>
        {
            store.Time.Advance(TimeSpan.FromSeconds(30));
            return call.ResponseAsync.IsCompleted;
        });

        await RpcAssert.FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseAsync);
    }

    [Fact]
    public async Task Upload_HostStops_MayFinishWithinTheDrainTimeout()
    {
        await using var store = await RunningFileStore.StartAsync();
        using var call = await BeginAsync(store);

        var stop = store.StopAsync();
        await call.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFrom(2) }, Token);
        await call.RequestStream.CompleteAsync();

        (await call.ResponseAsync).FileSize.ShouldBe(2);
        await stop;
    }

    [Fact]
    public async Task Upload_HostStopsAndCallerDoesNotFinish_IsUnavailable()
    {
        await using var store = await RunningFileStore.StartAsync();
        using var call = await BeginAsync(store);

        var stop = store.StopAsync();
        store.Time.Advance(TimeSpan.FromSeconds(5));

        await RpcAssert.FailsAsync(StatusCode.Unavailable, () => call.ResponseAsync);
        await stop;
        store.BlobPaths().ShouldBeEmpty();
    }

    // Returns when the store has begun to write the file.
    private static async Task<AsyncClientStreamingCall<UploadRequest, StoredFileMessage>> BeginAsync(RunningFileStore store)
    {
        var call = store.Client.Upload(cancellationToken: Token);
        var header = new UploadHeader { UserId = "alice", Filename = "a" };
        await call.RequestStream.WriteAsync(new UploadRequest { Header = header }, Token);
        await call.RequestStream.WriteAsync(new UploadRequest { Chunk = ByteString.CopyFrom(1) }, Token);
        await Eventually.TrueAsync(() => store.BlobPaths().Length == 1);
        return call;
    }
}
