using CodeInterpreter.Files.V1;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Grpc;

/// <summary>Whose requests are read to their end although one of them was refused.</summary>
public sealed class RefusedUploadTests
{
    [Fact]
    public async Task RefusedUpload_WithoutCredentials_IsNotRead() => (await ReadAsync(isLetIn: false)).ShouldBe(0);

    [Fact]
    public async Task RefusedUpload_OfAnAuthenticatedCaller_IsReadToItsEnd() => (await ReadAsync(isLetIn: true)).ShouldBe(3);

    private static async Task<int> ReadAsync(bool isLetIn)
    {
        var stream = new Requests(count: 3);
        var refusal = new RpcException(new Status(StatusCode.Unauthenticated, ""));

        (
            await Should.ThrowAsync<RpcException>(() =>
                new RefusedUploadInterceptor().ClientStreamingServerHandler<UploadRequest, UploadRequest>(
                    stream,
                    new Call(),
                    (_, context) =>
                    {
                        if (isLetIn)
                            RefusedUploadInterceptor.AllowDraining(context);
                        throw refusal;
                    }
                )
            )
        ).ShouldBe(refusal);

        return stream.Read;
    }

    private sealed class Requests(int count) : IAsyncStreamReader<UploadRequest>
    {
        public int Read { get; private set; }

        public UploadRequest Current { get; } = new();

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(Read < count && ++Read > 0);
    }

    private sealed class Call : ServerCallContext
    {
        protected override string MethodCore => "";

        protected override string HostCore => "";

        protected override string PeerCore => "";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore { get; } = [];

        protected override CancellationToken CancellationTokenCore => CancellationToken.None;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore { get; } = new(null, []);

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotSupportedException();

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
