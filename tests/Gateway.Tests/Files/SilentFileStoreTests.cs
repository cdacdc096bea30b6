using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Settings;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Files;

/// <summary>A file store that takes calls and says nothing must not hold callers for ever.</summary>
public sealed class SilentFileStoreTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FileStoreClient _files;

    public SilentFileStoreTests() =>
        _files = new FileStoreClient(new FileService.FileServiceClient(new SilentStore()), Options.Create(new GatewayOptions()), _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Download_NoAnswer_IsUnavailableAfterTheTimeout()
    {
        await using var content = _files.DownloadAsync(new DownloadRequest(), Token).GetAsyncEnumerator(Token);
        var next = content.MoveNextAsync().AsTask();

        _time.Advance(TimeSpan.FromSeconds(30));

        (await Should.ThrowAsync<GatewayException>(() => next)).Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    [Fact]
    public async Task Upload_NoAnswer_IsUnavailableAfterTheTimeout()
    {
        var upload = _files.UploadAsync(Parts(), Token);

        _time.Advance(TimeSpan.FromMinutes(2));

        (await Should.ThrowAsync<GatewayException>(() => upload)).Kind.ShouldBe(GatewayErrorKind.Unavailable);
    }

    private static async IAsyncEnumerable<UploadRequest> Parts()
    {
        await Task.CompletedTask;
        yield return new UploadRequest { Chunk = ByteString.Empty };
    }

    private sealed class SilentStore : CallInvoker
    {
        private static Task<Metadata> NoHeaders => Task.FromResult(new Metadata());

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options
        ) =>
            new(
                new Taker<TRequest>(),
                new TaskCompletionSource<TResponse>().Task,
                NoHeaders,
                () => Status.DefaultSuccess,
                () => [],
                () => { }
            );

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => new(new Giver<TResponse>(), NoHeaders, () => Status.DefaultSuccess, () => [], () => { });

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new NotSupportedException();

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options
        ) => throw new NotSupportedException();
    }

    private sealed class Taker<T> : IClientStreamWriter<T>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(T message) => Task.CompletedTask;

        public Task WriteAsync(T message, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CompleteAsync() => Task.CompletedTask;
    }

    private sealed class Giver<T> : IAsyncStreamReader<T>
    {
        public T Current => throw new NotSupportedException();

        public Task<bool> MoveNext(CancellationToken cancellationToken) => new TaskCompletionSource<bool>().Task;
    }
}
