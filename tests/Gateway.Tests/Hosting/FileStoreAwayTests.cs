using System.Net;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Tests.Http;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>What happens while there is no file store.</summary>
public sealed class FileStoreAwayTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(new Uri($"unix:///nowhere/{Guid.NewGuid():N}.sock"));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Execute_WithoutFiles_DoesNotNeedTheFileStore()
    {
        var result = await _gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = "u", Code = "print(1)" },
            cancellationToken: Token
        );

        result.Success.ShouldBeTrue();
    }

    [Fact]
    public async Task Execute_WithFiles_IsUnavailableOverHttp()
    {
        using var response = await _gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1", "user_files": ["u_1_a"] }""");

        await response.ShouldBeProblemAsync(503);
        response.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task Execute_WithFiles_IsUnavailableOverGrpc()
    {
        var request = new ExecuteRequest { UserId = "u", Code = "load_file('u_1_a')" };

        var exception = await Should.ThrowAsync<RpcException>(async () => await _gateway.Executions.ExecuteAsync(request));

        exception.StatusCode.ShouldBe(StatusCode.Unavailable);
        exception.Status.Detail.ShouldNotContain("nowhere");
    }

    [Theory]
    [InlineData("/v1/files?user_id=u")]
    [InlineData("/v1/files/u_1_a?user_id=u")]
    [InlineData("/v1/files/u_1_a/content?user_id=u")]
    public async Task Files_OverHttp_AreUnavailable(string path)
    {
        using var response = await _gateway.Http.GetAsync(path, Token);

        await response.ShouldBeProblemAsync(503);
    }

    [Fact]
    public async Task Upload_OverHttp_IsUnavailable()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.txt" } };

        using var response = await _gateway.Http.PostAsync("/v1/files?user_id=u", form, Token);

        await response.ShouldBeProblemAsync(503);
    }

    [Fact]
    public async Task Files_OverGrpc_AreUnavailable()
    {
        var exception = await Should.ThrowAsync<RpcException>(async () =>
            await _gateway.Files.ListAsync(new ListFilesRequest { UserId = "u" })
        );

        exception.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task Health_IsLiveButNotReady()
    {
        using var live = await _gateway.Http.GetAsync("/health/live", Token);
        using var ready = await _gateway.Http.GetAsync("/health/ready", Token);

        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
