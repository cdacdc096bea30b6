using System.Net;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Access.Keys;

/// <summary>A gateway that requires keys while the database of keys is down.</summary>
public sealed class KeysUnavailableTests : IAsyncLifetime
{
    private static readonly string Key = ApiKeyText.Create().Text;

    private readonly KeysInMemory _keys = new() { Failure = new GatewayException(GatewayErrorKind.Unavailable, "down") };
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock",
                ["Gateway:Access:Mode"] = "Required",
            },
            TimeProvider.System,
            replace: services => services.AddSingleton<IApiKeyStore>(_keys)
        );
        _gateway.Http.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task KeysUnavailable_OverHttp_IsServiceUnavailableWithTheTimeToRetry()
    {
        using var response = await _gateway.Http.GetAsync("/v1/executions?user_id=u", Token);

        var problem = await response.ShouldBeProblemAsync(503);
        problem["detail"]!.GetValue<string>().ShouldBe("Keys cannot be checked at the moment.");
        problem.Select(field => field.Key).ShouldBe(["type", "title", "status", "detail", "code"]);
        response.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        response.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    [Fact]
    public async Task KeysUnavailable_OverGrpc_IsUnavailableWithTheTimeToRetry()
    {
        var exception = await Should.ThrowAsync<RpcException>(async () =>
            await _gateway.Executions.ListAsync(
                new ListExecutionsRequest { UserId = "u" },
                new Metadata { { "x-api-key", Key } },
                cancellationToken: Token
            )
        );

        (exception.StatusCode, exception.Status.Detail).ShouldBe((StatusCode.Unavailable, "Keys cannot be checked at the moment."));
        exception.GetRpcStatus()?.GetDetail<RetryInfo>().ShouldNotBeNull().RetryDelay.Seconds.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/docs/")]
    public async Task OpenEndpoints_CalledWithAKey_DoNotAskTheDatabase(string path)
    {
        _keys.Answering = new TaskCompletionSource().Task;

        using var response = await _gateway.Http.GetAsync(path, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _keys.Listed.ShouldBe(0);
    }
}
