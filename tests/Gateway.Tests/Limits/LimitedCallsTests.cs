using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Tests.Access;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CodeInterpreter.Gateway.Tests.Limits;

/// <summary>What callers are told who ask for more than they may.</summary>
public sealed class LimitedCallsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_BeyondTheLimitOfAUser_IsTooManyRequests()
    {
        await using var gateway = await StartAsync(new() { ["Gateway:Limits:CallsPerMinutePerUser"] = "2" });

        using var first = await gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");
        using var second = await gateway.Http.GetAsync("/v1/executions?user_id=u", Token);
        using var third = await gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");
        using var other = await gateway.Http.GetAsync("/v1/executions?user_id=v", Token);

        (first.StatusCode, second.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK));
        first.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"user\";q=2;w=60"]);
        first.Headers.GetValues("RateLimit").ShouldBe(["\"user\";r=1;t=30"]);
        await third.ShouldBeProblemAsync(429);
        third.Headers.RetryAfter!.Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 30);
        third.Headers.GetValues("RateLimit").ShouldBe(["\"user\";r=0;t=60"]);
    }

    [Fact]
    public async Task Http_ForAUserWhoseIdIsNotValid_IsRefusedAndNotCounted()
    {
        await using var gateway = await StartAsync(new() { ["Gateway:Limits:CallsPerMinutePerUser"] = "1" });

        for (var call = 0; call < 2; call++)
        {
            using var response = await gateway.Http.GetAsync($"/v1/executions?user_id={new string('u', 65)}", Token);

            await response.ShouldBeProblemAsync(400);
            response.Headers.Contains("RateLimit").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Http_BeyondTheLimitOfAKey_IsTooManyRequestsForAnyUser()
    {
        await using var gateway = await StartAsync(
            new() { ["Gateway:Access:Mode"] = "Required", ["Gateway:Limits:CallsPerMinutePerKey"] = "2" }
        );
        var store = gateway.Services.GetRequiredService<IApiKeyStore>();
        var (key, another) = (await store.MakeAsync(), await store.MakeAsync());

        var statuses = new List<HttpStatusCode>();
        foreach (var (user, with) in new[] { ("a", key), ("b", key), ("c", key), ("c", another) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/executions?user_id={user}");
            request.Headers.Add("X-Api-Key", with.Text);
            using var response = await gateway.Http.SendAsync(request, Token);
            statuses.Add(response.StatusCode);
        }

        statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK]);
    }

    [Fact]
    public async Task Grpc_BeyondTheLimitOfAUser_IsResourceExhaustedWithTheTimeToRetry()
    {
        await using var gateway = await StartAsync(new() { ["Gateway:Limits:CallsPerMinutePerUser"] = "1" });
        using var refused = new MetricCollector<long>(
            gateway.Services.GetRequiredService<IMeterFactory>(),
            "CodeInterpreter.Gateway",
            "code_interpreter.gateway.calls.refused"
        );
        await gateway.Executions.ListAsync(new ListExecutionsRequest { UserId = "u" }, cancellationToken: Token);

        var exception = await Should.ThrowAsync<RpcException>(async () =>
            await gateway.Executions.ListAsync(new ListExecutionsRequest { UserId = "u" }, cancellationToken: Token)
        );

        exception.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        exception.GetRpcStatus()?.GetDetail<RetryInfo>().ShouldNotBeNull().RetryDelay.Seconds.ShouldBeInRange(1, 60);
        var measured = refused.GetMeasurementSnapshot().ShouldHaveSingleItem();
        (measured.Value, measured.Tags["reason"]).ShouldBe((1, "limit_reached"));
    }

    [Fact]
    public async Task Executions_BeyondTheLimitOfAUser_AreRefusedUntilOneFinishes()
    {
        await using var gateway = await StartAsync(new() { ["Gateway:Limits:ExecutionsPerUser"] = "1" });
        var (taken, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var code = gateway.Runner.Add(async context =>
        {
            taken.SetResult();
            await end.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
        });
        var first = $$"""{ "user_id": "u", "code": "{{code}}", "idempotency_key": "once" }""";
        var running = gateway.Http.ExecuteAsync(first);
        await taken.Task;

        using var second = await gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");
        using var other = await gateway.Http.ExecuteAsync("""{ "user_id": "v", "code": "1" }""");
        var repeated = gateway.Http.ExecuteAsync(first);
        var listed = await gateway.Executions.ListAsync(new ListExecutionsRequest { UserId = "u" }, cancellationToken: Token);
        end.SetResult();
        using var ended = await running;
        using var endedToo = await repeated;
        using var next = await gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");

        await second.ShouldBeProblemAsync(429);
        second.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        listed.Executions.ShouldHaveSingleItem("A refused execution is not remembered.");
        foreach (var response in (HttpResponseMessage[])[other, ended, endedToo, next])
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Executions_BeyondTheLimitOfAKey_AreRefusedForAnyUser()
    {
        await using var gateway = await StartAsync(
            new() { ["Gateway:Access:Mode"] = "Required", ["Gateway:Limits:ExecutionsPerKey"] = "2" }
        );
        var store = gateway.Services.GetRequiredService<IApiKeyStore>();
        var (key, another) = (await store.MakeAsync(), await store.MakeAsync());
        var code = gateway.Runner.Add(_ => Task.CompletedTask);
        await SubmitAsync("a", key);
        (await SubmitOverHttpAsync("b", key)).ShouldBe(HttpStatusCode.Accepted);

        var refused = await Should.ThrowAsync<RpcException>(() => SubmitAsync("c", key));
        refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refused.Status.Detail.ShouldContain("key has 2");
        (await SubmitOverHttpAsync("d", key)).ShouldBe(HttpStatusCode.TooManyRequests);
        await SubmitAsync("c", another);

        async Task SubmitAsync(string user, ApiKeyText with) =>
            await gateway.Executions.SubmitAsync(
                new ExecuteRequest { UserId = user, Code = code },
                new Metadata { { "x-api-key", with.Text } },
                cancellationToken: Token
            );

        async Task<HttpStatusCode> SubmitOverHttpAsync(string user, ApiKeyText with)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions/submit")
            {
                Content = JsonContent.Create(new { user_id = user, code }),
            };
            request.Headers.Add("X-Api-Key", with.Text);
            using var response = await gateway.Http.SendAsync(request, Token);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Executions_CancelledInTheQueue_NoLongerCount()
    {
        await using var gateway = await StartAsync(new() { ["Gateway:Limits:ExecutionsPerUser"] = "1" });
        var waiting = await gateway.Executions.SubmitAsync(
            new ExecuteRequest { UserId = "u", Code = gateway.Runner.Add(_ => Task.CompletedTask) },
            cancellationToken: Token
        );

        await gateway.Executions.CancelAsync(
            new CancelExecutionRequest { UserId = "u", ExecutionId = waiting.ExecutionId },
            cancellationToken: Token
        );
        using var next = await gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");

        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<GatewayHost> StartAsync(Dictionary<string, string?> settings)
    {
        settings["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock";
        return GatewayHost.StartAsync(settings, TimeProvider.System);
    }
}
