using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.Gateway.Tests.Grpc;

/// <summary>Messages that are none: what the caller sent is wrong, and nothing of it is an error of the service.</summary>
public sealed class MalformedMessageTests : IAsyncLifetime
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly FakeLoggerProvider _log = new();
    private FileStoreHost _files = null!;
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A wire type that there is not, a length beyond the message, a field that breaks off, groups within groups.
    public static TheoryData<string> Malformed => ["0F01", "0AFFFFFFFF0F", "0A0561", string.Concat(Enumerable.Repeat("0B", 1000))];

    public async ValueTask InitializeAsync()
    {
        _files = await FileStoreHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?> { ["Gateway:FileStoreAddress"] = _files.Address.ToString() },
            TimeProvider.System,
            _log
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task EveryMethod_InvalidMessage_IsAnInvalidArgument(string hexadecimal)
    {
        var message = Convert.FromHexString(hexadecimal);
        foreach (var method in Methods)
        {
            var refusal = await Should.ThrowAsync<RpcException>(() => CallAsync(method, message), method.FullName);

            refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument, method.FullName);
            RpcErrors.ViolationsOf(refusal).ShouldHaveSingleItem().Field.ShouldBe("message");
        }

        _log.Collector.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00FFFFFFFF78787878", StatusCode.ResourceExhausted)]
    [InlineData("0080000000", StatusCode.ResourceExhausted)]
    [InlineData("07000000027878", StatusCode.InvalidArgument)]
    [InlineData("FF00000000", StatusCode.InvalidArgument)]
    public async Task EveryMethod_FrameWithAWrongLength_IsRefused(string hexadecimal, StatusCode expected)
    {
        using var http = new HttpClient();
        foreach (var method in Methods)
        {
            using var content = new ByteArrayContent(Convert.FromHexString(hexadecimal));
            using var request = CreateRequest($"/{method.Service.FullName}/{method.Name}", content);

            using var response = await http.SendAsync(request, Token);
            await response.Content.ReadAsByteArrayAsync(Token);

            var status = response.Headers.Concat(response.TrailingHeaders).Single(header => header.Key == "grpc-status").Value.Single();
            ((StatusCode)int.Parse(status, CultureInfo.InvariantCulture)).ShouldBe(expected, method.FullName);
        }

        _log.Collector.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_MessageThatIsTooLarge_IsReadToItsEndSoThatTheCallerGetsTheError()
    {
        using var http = new HttpClient();
        using var content = new CountedContent(9 * 1024 * 1024);
        using var request = CreateRequest("/codeinterpreter.execution.v1.ExecutionService/Execute", content);

        using var response = await http.SendAsync(request, Token);

        response.Headers.GetValues("grpc-status").ShouldHaveSingleItem().ShouldBe($"{(int)StatusCode.ResourceExhausted}");
        content.IsSent.ShouldBeTrue();
    }

    /// <summary>A request of a client that has no library for gRPC.</summary>
    private HttpRequestMessage CreateRequest(string method, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway.Addresses[1], method))
        {
            Content = content,
            Headers = { TE = { new TransferCodingWithQualityHeaderValue("trailers") } },
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private static IEnumerable<MethodDescriptor> Methods =>
        ExecutionReflection
            .Descriptor.Services.Concat(FilesReflection.Descriptor.Services)
            .Concat(LinksReflection.Descriptor.Services)
            .SelectMany(service => service.Methods);

    private async Task CallAsync(MethodDescriptor method, byte[] message)
    {
        var invoker = _gateway.Channel.CreateCallInvoker();
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var called = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Bytes, Bytes);
        var options = new CallOptions(cancellationToken: Token);
        switch (type)
        {
            case MethodType.Unary:
                await invoker.AsyncUnaryCall(called, null, options, message);
                break;
            case MethodType.ServerStreaming:
                using (var streaming = invoker.AsyncServerStreamingCall(called, null, options, message))
                {
                    await streaming.ResponseStream.MoveNext(Token);
                }

                break;
            case MethodType.ClientStreaming:
                using (var sending = invoker.AsyncClientStreamingCall(called, null, options))
                {
                    await sending.RequestStream.WriteAsync(message, Token);
                    await sending.RequestStream.CompleteAsync();
                    await sending;
                }

                break;
            default:
                using (var talking = invoker.AsyncDuplexStreamingCall(called, null, options))
                {
                    await talking.RequestStream.WriteAsync(message, Token);
                    await talking.RequestStream.CompleteAsync();
                    await talking.ResponseStream.MoveNext(Token);
                }

                break;
        }
    }

    /// <summary>A message of zeros.</summary>
    private sealed class CountedContent(int length) : HttpContent
    {
        public bool IsSent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var header = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), length);
            await stream.WriteAsync(header);
            for (var sent = 0; sent < length; sent += 65536)
                await stream.WriteAsync(new byte[65536]);
            await stream.FlushAsync();
            IsSent = true;
        }

        protected override bool TryComputeLength(out long bytes)
        {
            bytes = length + 5;
            return true;
        }
    }
}
