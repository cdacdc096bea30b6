using CodeInterpreter.Environments.V1;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Grpc;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;

namespace CodeInterpreter.Gateway.Tests.Access;

public sealed class GrpcAccessTests(RequiredAccessFixture fixture) : IClassFixture<RequiredAccessFixture>
{
    private const string Stranger = "mallory";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. All.Keys];

    // One of each shape, for a user.
    private static Dictionary<string, Func<RequiredAccessFixture, Metadata, string, Task>> All =>
        new()
        {
            ["unary"] = async (fixture, metadata, user) =>
                await fixture.Gateway.Executions.ExecuteAsync(
                    new ExecuteRequest { UserId = user, Code = "1" },
                    metadata,
                    cancellationToken: Token
                ),
            ["server stream"] = async (fixture, metadata, user) =>
            {
                using var call = fixture.Gateway.Executions.ExecuteStream(
                    new ExecuteRequest { UserId = user, Code = "1" },
                    metadata,
                    cancellationToken: Token
                );
                while (await call.ResponseStream.MoveNext(Token))
                    ;
            },
            ["client stream"] = async (fixture, metadata, user) =>
            {
                using var call = fixture.Gateway.Files.Upload(metadata, cancellationToken: Token);
                await TryWriteAsync(
                    call.RequestStream,
                    new UploadRequest
                    {
                        Header = new UploadHeader { UserId = user, Filename = "a.txt" },
                    }
                );
                await TryWriteAsync(call.RequestStream, new UploadRequest { Chunk = ByteString.CopyFromUtf8("1") });
                await call.RequestStream.CompleteAsync();
                await call;
            },
            ["both ways"] = async (fixture, metadata, user) =>
            {
                using var call = fixture.Gateway.Executions.ExecuteInteractive(metadata, cancellationToken: Token);
                await TryWriteAsync(
                    call.RequestStream,
                    new InteractiveRequest
                    {
                        Start = new ExecuteRequest { UserId = user, Code = "1" },
                    }
                );
                await call.RequestStream.CompleteAsync();
                while (await call.ResponseStream.MoveNext(Token))
                    ;
            },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithoutAKey_IsUnauthenticated(string call)
    {
        var none = await Should.ThrowAsync<RpcException>(() => All[call](fixture, [], "u"));
        var wrong = await Should.ThrowAsync<RpcException>(() => All[call](fixture, With(ApiKeyText.Create()), "u"));

        none.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        wrong.StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithAKeyOfAnotherUser_IsPermissionDenied(string call)
    {
        var exception = await Should.ThrowAsync<RpcException>(() => All[call](fixture, With(fixture.BoundKey), Stranger));

        exception.StatusCode.ShouldBe(StatusCode.PermissionDenied);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithItsKey_IsServed(string call)
    {
        await All[call](fixture, With(fixture.BoundKey), RequiredAccessFixture.User);
        await All[call](fixture, With(fixture.AnyKey), Stranger);
    }

    [Fact]
    public async Task Health_WithoutAKey_IsServed()
    {
        var health = await new Health.HealthClient(fixture.Gateway.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Token);

        health.Status.ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact]
    public void EveryCall_HasItsUserInTheExpectedField()
    {
        var services = ExecutionReflection
            .Descriptor.Services.Concat(FilesReflection.Descriptor.Services)
            .Concat(LinksReflection.Descriptor.Services)
            .Concat(EnvironmentReflection.Descriptor.Services);

        foreach (var method in services.SelectMany(service => service.Methods))
        {
            UserAuthorizationInterceptor.PathsToUser(method.InputType).ShouldHaveSingleItem(method.FullName);
        }
    }

    private static Metadata With(ApiKeyText key) => new() { { "authorization", RequiredAccessFixture.Bearer(key) } };

    // A call that has been refused takes no more; why it was is in its answer.
    private static async Task TryWriteAsync<T>(IClientStreamWriter<T> stream, T message)
    {
        try
        {
            await stream.WriteAsync(message, Token);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException) { }
    }
}
