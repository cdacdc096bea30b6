using System.Net;
using CodeInterpreter.Environments.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Grpc.Core;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Environments;

/// <summary>Over HTTP and gRPC, on a gateway that no runner talks to but the test.</summary>
public sealed class EnvironmentApiTests : IAsyncLifetime
{
    private const string Path = "/v1/environment";

    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EnvironmentService.EnvironmentServiceClient Grpc => new(_gateway.Channel);

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(new Uri("http://127.0.0.1:9"));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Get_NoRunnerHasReported_IsUnavailableWithTheTimeToRetry()
    {
        using var answer = await _gateway.Http.GetAsync(Path, Token);
        var exception = await Should.ThrowAsync<RpcException>(() =>
            Grpc.GetEnvironmentAsync(new GetEnvironmentRequest(), cancellationToken: Token).ResponseAsync
        );

        (await answer.ShouldBeProblemAsync(503))["detail"]!.GetValue<string>().ShouldStartWith("No runner has announced its sandboxes");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        answer.Headers.ETag.ShouldBeNull();
        exception.StatusCode.ShouldBe(StatusCode.Unavailable);
        exception.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>().RetryDelay.Seconds.ShouldBe(5);
    }

    [Fact]
    public async Task Get_AsJson_HasPackagesOfTheRunnerAndLimitsOfTheOperator()
    {
        using var answer = await TellAndGetAsync(Path);
        var body = await answer.ReadJsonAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        body["images"]![0]!["kind"]!.GetValue<string>().ShouldBe("standard");
        body["images"]![0]!["runners"]!.GetValue<int>().ShouldBe(1);
        body["python"]!.GetValue<string>().ShouldBe("3.14.0");
        body["packages"]![0]!.ToJsonString().ShouldBe("""{"name":"numpy","version":"2.3.3"}""");
        body["working_directory"]!.GetValue<string>().ShouldBe("/mnt/data");
        body["network"]!.GetValue<bool>().ShouldBeFalse();
        body["limits"]!["max_wall_time_seconds"]!.GetValue<double>().ShouldBe(300);
        body["limits"]!["max_memory_bytes"]!.GetValue<long>().ShouldBe(1L << 30);
    }

    [Fact]
    public async Task Get_Unchanged_IsNotModified()
    {
        using var first = await TellAndGetAsync(Path);
        var tag = first.Headers.ETag.ShouldNotBeNull();

        using var second = await GetAsync(Path, request => request.Headers.IfNoneMatch.Add(tag));
        using var other = await GetAsync($"{Path}?package=numpy", request => request.Headers.IfNoneMatch.Add(tag));
        await TellAsync(RunnerEnvironments.New("b", RunnerEnvironments.Standard with { Fonts = [] }));

        first.Headers.CacheControl!.ToString().ShouldBe("max-age=30, private");
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(tag);
        (await second.Content.ReadAsByteArrayAsync(Token)).ShouldBeEmpty();
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        await TestServers.Eventually.TrueAsync(async () =>
        {
            using var changed = await GetAsync(Path, request => request.Headers.IfNoneMatch.Add(tag));
            return changed.StatusCode == HttpStatusCode.OK;
        });
    }

    [Theory]
    [InlineData("?format=text", null, "text/plain")]
    [InlineData("?format=text", "application/json", "text/plain")]
    [InlineData("?format=json", "text/plain", "application/json")]
    [InlineData("", "text/plain", "text/plain")]
    [InlineData("", "text/plain; q=0.5, application/json", "application/json")]
    [InlineData("", "application/json; q=0.5, text/plain", "text/plain")]
    [InlineData("", "text/html, */*", "application/json")]
    [InlineData("", null, "application/json")]
    public async Task Get_WithAFormat_HasThatFormat(string query, string? accept, string expected)
    {
        (await TellAndGetAsync(Path)).Dispose();

        using var answer = await GetAsync(
            Path + query,
            request =>
            {
                if (accept is not null)
                    request.Headers.Add("Accept", accept);
            }
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
        answer.Headers.Vary.ShouldBe(["Accept"]);
        (await answer.Content.ReadAsStringAsync(Token)).StartsWith('{').ShouldBe(expected == "application/json");
    }

    [Theory]
    [InlineData("?format=xml", "format")]
    [InlineData(
        "?package=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "package"
    )]
    public async Task Get_InvalidRequest_NamesItsField(string query, string field)
    {
        (await TellAndGetAsync(Path)).Dispose();

        using var answer = await _gateway.Http.GetAsync(Path + query, Token);

        (await answer.ShouldBeProblemAsync(400))["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task Get_OverGrpc_HasTheSameAndTheTextForAPrompt()
    {
        using var json = await TellAndGetAsync(Path);
        using var text = await _gateway.Http.GetAsync($"{Path}?format=text", Token);

        var answer = await Grpc.GetEnvironmentAsync(new GetEnvironmentRequest { Package = "Numpy" }, cancellationToken: Token);
        var all = await Grpc.GetEnvironmentAsync(new GetEnvironmentRequest(), cancellationToken: Token);

        answer.Packages.ShouldHaveSingleItem().Version.ShouldBe("2.3.3");
        answer.Prompt.ShouldBe(await text.Content.ReadAsStringAsync(Token));
        all.Packages.Count.ShouldBe(3);
        all.Images.ShouldHaveSingleItem().CreatedAt.ToDateTimeOffset().ShouldBe(RunnerEnvironments.Standard.CreatedAt!.Value);
        all.Limits.MaxTotalFileBytes.ShouldBe((await json.ReadJsonAsync())["limits"]!["max_total_file_bytes"]!.GetValue<long>());
        all.WorkingDirectory.ShouldBe("/mnt/data");
    }

    private Task TellAsync(Contracts.RunnerEnvironment told) => _gateway.Services.GetRequiredService<IBus>().Publish(told, Token);

    private async Task<HttpResponseMessage> TellAndGetAsync(string path)
    {
        await TellAsync(RunnerEnvironments.New("a"));
        return await RunnerEnvironments.GetWhenKnownAsync(_gateway.Http, path);
    }

    private Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestMessage> with)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        with(request);
        return _gateway.Http.SendAsync(request, Token);
    }
}
