using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Grpc;
using CodeInterpreter.Gateway.Http.Errors;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CodeInterpreter.Gateway.Tests.Api;

/// <summary>The code of an HTTP error is the reason of the same error over gRPC.</summary>
public sealed class ErrorCodeTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<GatewayErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryError_HasOneReason(string kind)
    {
        var error = new GatewayException(Enum.Parse<GatewayErrorKind>(kind), "Text.");

        var code = Problems.For(error) switch
        {
            ProblemHttpResult problem => problem.ProblemDetails.Extensions["code"],
            ValidationProblem problem => problem.ProblemDetails.Extensions["code"],
            var other => other,
        };

        code.ShouldBeOfType<string>().ShouldMatch("^[A-Z][A-Z_]*$");
        code.ShouldBe(RpcErrors.ReasonOf(error.ToRpcException()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryError_NamesItsExecution(string kind)
    {
        var error = new GatewayException(Enum.Parse<GatewayErrorKind>(kind), "Text.") { ExecutionId = "a" };
        if (error.Kind == GatewayErrorKind.InvalidRequest)
            return;

        var info = error.ToRpcException().GetRpcStatus()?.GetDetail<ErrorInfo>();

        info.ShouldNotBeNull().Metadata["execution_id"].ShouldBe("a");
    }

    [Fact]
    public async Task Calls_FailWithTheSameReason()
    {
        var user = GatewayFixture.NewUser();
        const string Unknown = "0190b6c2f1f37c6e8a3f5d7b9c1e2a4d";

        await ShouldAgreeAsync(
            Gateway.Http.GetAsync($"/v1/executions/{Unknown}?user_id={user}", Token),
            Gateway.Executions.GetAsync(new GetExecutionRequest { UserId = user, ExecutionId = Unknown }, cancellationToken: Token),
            "NOT_FOUND"
        );
        await ShouldAgreeAsync(
            Gateway.Http.GetAsync($"/v1/files/{user}_1_aaaaaaaaaaaaaaaa?user_id={user}", Token),
            Gateway.Files.GetAsync(new GetFileRequest { UserId = user, FileId = $"{user}_1_aaaaaaaaaaaaaaaa" }, cancellationToken: Token),
            "NOT_FOUND"
        );
        await ShouldAgreeAsync(
            Gateway.Http.ExecuteAsync(new JsonObject { ["user_id"] = "", ["code"] = "1" }),
            Gateway.Executions.ExecuteAsync(new ExecuteRequest { Code = "1" }, cancellationToken: Token),
            "INVALID_ARGUMENT"
        );
        var keyed = new ExecuteRequest
        {
            UserId = user,
            Code = "1",
            IdempotencyKey = "k",
        };
        await Gateway.Executions.ExecuteAsync(keyed, cancellationToken: Token);
        keyed.Code = "2";
        await ShouldAgreeAsync(
            Gateway.Http.PostAsync(
                "/v1/executions",
                JsonContent.Create(
                    new
                    {
                        user_id = user,
                        code = "2",
                        idempotency_key = "k",
                    }
                ),
                Token
            ),
            Gateway.Executions.ExecuteAsync(keyed, cancellationToken: Token),
            "IDEMPOTENCY_KEY_TAKEN"
        );
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", StatusCodes.Status404NotFound, "NOT_FOUND")]
    [InlineData("PUT", "/v1/executions", StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED")]
    [InlineData("POST", "/v1/executions", StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE")]
    public async Task ErrorsOfTheFramework_HaveACode(string method, string path, int status, string code)
    {
        using var response = await Gateway.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Token);

        (await response.ShouldBeProblemAsync(status))["code"]!.GetValue<string>().ShouldBe(code);
    }

    private GatewayHost Gateway => fixture.Gateway;

    private static async Task ShouldAgreeAsync<T>(Task<HttpResponseMessage> overHttp, AsyncUnaryCall<T> overGrpc, string reason)
    {
        using var response = await overHttp;
        (await response.ReadJsonAsync())["code"]!.GetValue<string>().ShouldBe(reason);
        RpcErrors.ReasonOf(await Should.ThrowAsync<RpcException>(async () => await overGrpc)).ShouldBe(reason);
    }
}
