using System.Text;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Fuzzing;

/// <summary>Random bytes and random messages to every gRPC method that takes one message.</summary>
public sealed class FuzzedGrpcTests(GatewayFixture fixture)
{
    private const int Calls = 1500;

    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly (string Service, string Method)[] Methods =
    [
        .. ((string[])["Execute", "Submit", "Get", "Wait", "List", "Cancel", "Delete", "Usage"]).Select(method =>
            ("codeinterpreter.execution.v1.ExecutionService", method)
        ),
        .. ((string[])["Get", "List", "Delete", "Extend", "DeleteExpired", "Usage"]).Select(method =>
            ("codeinterpreter.files.v1.FileService", method)
        ),
        ("codeinterpreter.files.v1.FileLinkService", "CreateLink"),
    ];

    [Fact]
    public async Task AnyMessage_HasATypedErrorAtWorstAndRevealsNoData()
    {
        var secret = $"secret-{Guid.NewGuid():N}.txt";
        var victim = GatewayFixture.NewUser();
        var file = (await fixture.Gateway.Http.UploadAsync(victim, secret, [1]))["file_id"]!.GetValue<string>();
        var codes = new HashSet<StatusCode>();

        for (var seed = 0; seed < Calls; seed++)
        {
            var words = new HostileWords(seed, file, GatewayFixture.NewUser());
            var (service, method) = Methods[words.Random.Next(Methods.Length)];
            var (code, answer) = await CallAsync(service, method, Message(words));

            // What is no message at all is refused below the service, by the framework, as UNKNOWN. A service that fails says INTERNAL.
            code.ShouldNotBeOneOf(StatusCode.Internal, StatusCode.DataLoss, StatusCode.DeadlineExceeded);
            answer.ShouldNotContain(secret, Case.Sensitive, $"seed {seed}: {method}");
            codes.Add(code);
        }

        codes.ShouldContain(StatusCode.OK);
        codes.ShouldContain(StatusCode.InvalidArgument);
        codes.ShouldContain(StatusCode.NotFound);
    }

    private async Task<(StatusCode Code, string Answer)> CallAsync(string service, string method, byte[] message)
    {
        var call = fixture
            .Gateway.Channel.CreateCallInvoker()
            .AsyncUnaryCall(
                new Method<byte[], byte[]>(MethodType.Unary, service, method, Raw, Raw),
                null,
                new CallOptions(deadline: DateTime.UtcNow.AddMinutes(1), cancellationToken: TestContext.Current.CancellationToken),
                message
            );
        try
        {
            return (StatusCode.OK, Encoding.UTF8.GetString(await call));
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode, exception.Status.Detail);
        }
    }

    /// <summary>Fields of any number with values of any type; now and then what is no message.</summary>
    private static byte[] Message(HostileWords words)
    {
        var random = words.Random;
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            // The user is the first field of most messages.
            if (random.Next(3) > 0)
                Text(1, GatewayFixture.NewUser());
            for (var i = random.Next(5); i > 0; i--)
            {
                var number = random.Next(1, 16);
                switch (random.Next(4))
                {
                    case 0:
                        output.WriteTag(number, WireFormat.WireType.Varint);
                        output.WriteInt64(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
                        break;
                    case 1:
                        output.WriteTag(number, WireFormat.WireType.Fixed64);
                        output.WriteDouble(BitConverter.Int64BitsToDouble(random.NextInt64()));
                        break;
                    default:
                        Text(number, words.Text());
                        break;
                }
            }

            void Text(int number, string text)
            {
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteString(text);
            }
        }

        var message = bytes.ToArray();
        return random.Next(8) == 0 && message.Length > 0 ? message[..random.Next(message.Length)] : message;
    }
}
