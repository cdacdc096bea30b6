using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;
using ExecutionResult = CodeInterpreter.Contracts.ExecutionResult;
using ExecutionUsage = CodeInterpreter.Execution.V1.ExecutionUsage;

namespace CodeInterpreter.Gateway.Tests.Executions.Intake;

/// <summary>A user whose results have taken the room that they may take.</summary>
public sealed class ResultBudgetTests : IAsyncLifetime
{
    // For one that is waited for, not for one that can be followed.
    private static readonly long Budget = ResultSize.Most(1024 * 1024, live: false) + 100_000;

    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?> { ["Gateway:Executions:MaxUserResultBytes"] = $"{Budget}" },
            TimeProvider.System
        );

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Execute_BeyondTheQuota_IsRefusedWithFiguresAndLeavesNothing()
    {
        var refusal = await Should.ThrowAsync<RpcException>(async () =>
            await _gateway.Executions.SubmitAsync(Request("1"), cancellationToken: Token)
        );

        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        RpcErrors.ReasonOf(refusal).ShouldBe("QUOTA_EXCEEDED");
        refusal.Status.Detail.ShouldContain($"0 of {Budget} bytes are taken, it may take {ResultSize.Most(1024 * 1024, live: true)}");
        using var overHttp = await _gateway.Http.PostAsync(
            "/v1/executions/submit",
            new StringContent("""{"user_id": "u", "code": "1"}""", System.Text.Encoding.UTF8, "application/json"),
            Token
        );
        await overHttp.ShouldBeProblemAsync(507);
        (await UsageAsync()).ShouldBe(
            new ExecutionUsage
            {
                Executions = 0,
                Bytes = 0,
                MaxBytes = Budget,
            }
        );
    }

    [Fact]
    public async Task Execute_OtherUsersAndLessOutput_AreAccepted()
    {
        var request = Request("1");
        request.Limits = new() { OutputBytes = 1000 };

        await _gateway.Executions.ExecuteAsync(request, cancellationToken: Token);
        await _gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "v", Code = "1" }, cancellationToken: Token);
    }

    [Fact]
    public async Task Delete_FinishedExecution_FreesItsPartOfTheQuota()
    {
        var text = new string('x', 200_000);
        var code = _gateway.Runner.AddResult(RunnerScript.Succeeded("") with { Output = new OutputText(text, text.Length, false) });
        var first = await _gateway.Executions.ExecuteAsync(Request(code), cancellationToken: Token);
        await CodeInterpreter.TestServers.Eventually.TrueAsync(async () => (await UsageAsync()).Bytes is > 200_000 and < 300_000);
        (
            await Should.ThrowAsync<RpcException>(async () =>
                await _gateway.Executions.ExecuteAsync(Request("1"), cancellationToken: Token)
            )
        ).StatusCode.ShouldBe(StatusCode.ResourceExhausted);

        using var deleted = await _gateway.Http.DeleteAsync($"/v1/executions/{first.ExecutionId}?user_id=u", Token);

        ((int)deleted.StatusCode).ShouldBe(204);
        (await UsageAsync()).Executions.ShouldBe(0);
        await _gateway.Executions.ExecuteAsync(Request("1"), cancellationToken: Token);
        using var again = await _gateway.Http.DeleteAsync($"/v1/executions/{first.ExecutionId}?user_id=u", Token);
        await again.ShouldBeProblemAsync(404);
    }

    [Fact]
    public async Task Usage_OverHttp_IsTheSame()
    {
        using var answer = await _gateway.Http.GetAsync("/v1/executions/usage?user_id=u", Token);

        (await answer.ReadJsonAsync()).ToJsonString().ShouldBe($$"""{"executions":0,"bytes":0,"max_bytes":{{Budget}}}""");
    }

    [Fact]
    public void Size_OfTheLargestResult_IsWithinTheReservedSize()
    {
        // As much as a runner keeps: 2 MiB of JSON, and all that comes beside it.
        var text = new OutputText(new string('\u0001', (1024 * 1024) / 6), 1, true, new string('\u0001', (1024 * 1024) / 6));
        var name = new string('x', 1000);
        var result = new ExecutionResult
        {
            Outcome = Contracts.Outcome.NonZeroExit,
            Output = text,
            Error = text,
            GeneratedFiles = [.. Enumerable.Repeat(Results.Full.GeneratedFiles[0] with { Filename = name }, 200)],
            SkippedFiles = [.. Enumerable.Repeat(Results.Full.SkippedFiles[0] with { Path = name }, 100)],
        };
        var finished = new ExecutionFinished
        {
            ExecutionId = "a",
            UserId = "u",
            RunnerId = "r",
            FinishedAt = default,
            Result = result,
            Sequence = 3,
        };

        ResultSize.Of(finished).ShouldBeLessThan(ResultSize.Most(1024 * 1024, live: false));
        ResultSize.Of(finished).ShouldBeGreaterThan(4 * 1000 * 1000);
        ResultSize.Of(finished with { Sequence = 40 }).ShouldBeLessThan(ResultSize.Most(1024 * 1024, live: true));
        ResultSize.Of(finished with { Sequence = 40 }).ShouldBeGreaterThan(8 * 1000 * 1000);
    }

    private async Task<ExecutionUsage> UsageAsync() =>
        await _gateway.Executions.UsageAsync(new ExecutionUsageRequest { UserId = "u" }, cancellationToken: Token);

    private static ExecuteRequest Request(string code) => new() { UserId = "u", Code = code };
}
