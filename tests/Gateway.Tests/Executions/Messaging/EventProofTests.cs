using System.Security.Cryptography;
using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Trust;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

/// <summary>Somebody who can publish events tells some of an execution that was given to somebody else.</summary>
public sealed class EventProofTests : IAsyncLifetime
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(new Dictionary<string, string?> { ["Trust:Key"] = Key }, TimeProvider.System);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("none")]
    [InlineData("of another execution")]
    [InlineData("with another key")]
    [InlineData("é")]
    public async Task Event_WithoutAValidProof_IsNeitherForwardedNorStored(string forgery)
    {
        var forge = new TaskCompletionSource<ConsumeContext<ExecuteCode>>();
        var goOn = new TaskCompletionSource();
        var code = _gateway.Runner.Add(async context =>
        {
            forge.SetResult(context);
            await goOn.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("true"));
        });
        var executing = _gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "u", Code = code }, cancellationToken: Token);
        var context = await forge.Task.WaitAsync(Token);
        var command = context.Message;

        var proof = ForgedProof(forgery, command);
        var started = new ExecutionStarted
        {
            ExecutionId = command.ExecutionId,
            UserId = "u",
            Proof = proof,
            RunnerId = "r",
            Live = true,
            Sequence = 2,
            StartedAt = default,
        };
        var finished = RunnerScript.Finished(context, RunnerScript.Succeeded("forged")) with { Proof = proof };
        await RunnerScript.ReplyAsync(context, started);
        await RunnerScript.ReplyAsync(context, finished);
        await context.Publish(started, Token);
        await context.Publish(finished, Token);
        // Behind them in both queues: once this one is told, they have been looked at.
        await _gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "v", Code = "1" }, cancellationToken: Token);
        var store = _gateway.Services.GetRequiredService<IExecutionStore>();
        var meanwhile = await store.FindAsync("u", command.ExecutionId, Token);
        executing.ResponseAsync.IsCompleted.ShouldBeFalse();
        goOn.SetResult();

        meanwhile.ShouldNotBeNull().Status.ShouldBe(Gateway.Executions.Records.ExecutionStatus.Queued);
        (await executing).Output.ShouldBe("true");
        (await _gateway.Services.GetRequiredService<IExecutionLog>().ReadAsync("u", command.ExecutionId, 0, 10, Token)).ShouldBeEmpty();
    }

    private static string? ForgedProof(string forgery, ExecuteCode command) =>
        forgery switch
        {
            "none" => null,
            "of another execution" => Tokens(Key).ProofOf(command.UserId, command.ExecutionId + "0"),
            "with another key" => Tokens(Convert.ToBase64String(new byte[32])).ProofOf(command.UserId, command.ExecutionId),
            _ => forgery,
        };

    private static TrustTokens Tokens(string key) => new(Options.Create(new TrustOptions { Key = key }), TimeProvider.System);
}
