using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Limits;

/// <summary>Many callers who send as much as a request may have.</summary>
public sealed class LargeRequestsTests : IAsyncLifetime
{
    private static readonly string Padding = new('#', 100_000);

    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LargeRequests Requests => _gateway.Services.GetRequiredService<LargeRequests>();

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(new Dictionary<string, string?>(), TimeProvider.System);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Enter_TooManyLargeRequests_AreRefusedAndSmallOnesAreServed()
    {
        var waiting = await FillAsync();

        var body = await (await _gateway.Http.ExecuteAsync(Body(Padding))).ShouldBeProblemAsync(429);
        var refused = await Should.ThrowAsync<RpcException>(ExecuteAsync(Padding));

        body["detail"]!.GetValue<string>().ShouldContain("large requests");
        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.ResourceExhausted, body["detail"]!.GetValue<string>()));
        (await _gateway.Http.ExecuteAsync(Body("1"))).IsSuccessStatusCode.ShouldBeTrue();
        (await _gateway.Http.PostAsync("/v1/executions", WithoutLength("1"), Token)).IsSuccessStatusCode.ShouldBeTrue();
        await (await _gateway.Http.PostAsync("/v1/executions", WithoutLength(Padding), Token)).ShouldBeProblemAsync(429);
        (await ExecuteAsync("1")).Success.ShouldBeTrue();
        waiting.ShouldAllBe(request => !request.IsCompleted);
    }

    [Fact]
    public async Task Enter_PublishedRequests_NoLongerCount()
    {
        var end = new TaskCompletionSource();
        var code = _gateway.Runner.Add(
            async context =>
            {
                await end.Task;
                await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
            },
            Padding
        );
        var calls = new List<Task>();

        try
        {
            for (var i = 0; i <= LargeRequests.AtATime; i++)
            {
                calls.Add(_gateway.Http.ExecuteAsync(Body(code)));
                calls.Add(ExecuteAsync(code));
                await Eventually.TrueAsync(async () => await CountAsync() == calls.Count);
            }
        }
        finally
        {
            end.SetResult();
        }

        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Enter_OneMoreThanAllowed_WaitsUntilARequestIsPublished()
    {
        var first = new StandInRequest();
        await Requests.EnterAsync(first, LargeRequests.LargeBytes);
        for (var i = 1; i < LargeRequests.AtATime; i++)
            await Requests.EnterAsync(new StandInRequest(), LargeRequests.LargeBytes);

        var next = Requests.EnterAsync(new StandInRequest(), LargeRequests.LargeBytes);
        next.IsCompleted.ShouldBeFalse();
        LargeRequests.Leave(first);

        await next;
    }

    /// <summary>All places are taken, and as many wait as may.</summary>
    private async Task<List<Task>> FillAsync()
    {
        for (var i = 0; i < LargeRequests.AtATime; i++)
            await Requests.EnterAsync(new StandInRequest(), LargeRequests.LargeBytes);
        return
        [
            .. Enumerable.Range(0, LargeRequests.Waiting).Select(_ => Requests.EnterAsync(new StandInRequest(), LargeRequests.LargeBytes)),
        ];
    }

    private async Task<int> CountAsync() =>
        (await _gateway.Executions.ListAsync(new ListExecutionsRequest { UserId = "u" }, cancellationToken: Token)).Executions.Count;

    /// <summary>In chunks.</summary>
    private static JsonContent WithoutLength(string code) => JsonContent.Create(Body(code));

    private static JsonObject Body(string code) => new() { ["user_id"] = "u", ["code"] = code };

    private async Task<ExecutionResult> ExecuteAsync(string code) =>
        await _gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "u", Code = code }, cancellationToken: Token);
}
