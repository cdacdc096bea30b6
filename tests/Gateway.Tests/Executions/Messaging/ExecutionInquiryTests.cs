using System.Text.Json.Nodes;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

/// <summary>What a runner hears that is given an execution which somebody had before.</summary>
public sealed class ExecutionInquiryTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(new Uri($"unix:///nowhere/{Guid.NewGuid():N}.sock"));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Inquiry_OnlyAnExecutionWithAResult_IsFinished()
    {
        using var finished = await _gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }""");
        var running = await _gateway.Executions.SubmitAsync(
            new Execution.V1.ExecuteRequest { UserId = "u", Code = _gateway.Runner.Add(_ => Task.CompletedTask) },
            cancellationToken: Token
        );
        var finishedId = JsonNode.Parse(await finished.Content.ReadAsStringAsync(Token))!["execution_id"]!.GetValue<string>();

        (await IsFinishedAsync("u", finishedId)).ShouldBeTrue();
        (await IsFinishedAsync("another", finishedId)).ShouldBeFalse();
        (await IsFinishedAsync("u", running.ExecutionId)).ShouldBeFalse();
        (await IsFinishedAsync("u", "0190b6c2f1f37c6e8a3f5d7b9c1e2a4d")).ShouldBeFalse();
    }

    private async Task<bool> IsFinishedAsync(string userId, string executionId)
    {
        var client = _gateway.Services.GetRequiredService<IBus>().CreateRequestClient<ExecutionInquiry>();
        var answer = await client.GetResponse<ExecutionInquiryAnswer>(
            new ExecutionInquiry { UserId = userId, ExecutionId = executionId },
            Token
        );
        return answer.Message.IsFinished;
    }
}
