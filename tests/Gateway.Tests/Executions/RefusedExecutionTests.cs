using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Following;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class RefusedExecutionTests
{
    [Fact]
    public async Task Execute_TheBusTakesNothing_IsAnErrorAndNotRemembered()
    {
        var token = TestContext.Current.CancellationToken;
        var options = Options.Create(new ExecutionOptions());
        using var directory = new TestDirectory();
        using var database = new SqliteExecutionDatabase(Options.Create(new GatewayOptions { DataDirectory = directory.Path }));
        var store = new SqliteExecutionStore(database);
        var queue = new FullQueue();
        var waiting = new WaitingExecutions();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var pending = new PendingExecutions(TimeProvider.System);
        var acceptance = new Acceptance(
            new ExecutionRequestValidator(options), new(fileStore: null!), new(fileStore: null!),
            new Grants(new TrustTokens(Options.Create(new TrustOptions()), TimeProvider.System), options), store, queue,
            new LostExecutions(new FinishedExecutions(waiting, store), store, TimeProvider.System, NullLogger<LostExecutions>.Instance), waiting, pending, new LiveFeeds(),
            new ExecutionInstruments(services.GetRequiredService<IMeterFactory>(), waiting), new ExecutionIds(TimeProvider.System),
            options, Options.Create(new LimitOptions()), TimeProvider.System, NullLogger<Acceptance>.Instance);

        var refusal = await Should.ThrowAsync<GatewayException>(
            () => acceptance.AcceptAsync(new ExecutionRequest { UserId = "u", Code = "1" }, ExecutionMode.Plain, token));

        refusal.Kind.ShouldBe(GatewayErrorKind.Overloaded);
        (await store.FindAsync("u", queue.Refused.ShouldNotBeNull().ExecutionId, token)).ShouldBeNull();
        waiting.Count.ShouldBe(0);
        pending.CountOf("u").ShouldBe(0);
    }

    private sealed class FullQueue : IExecutionQueue
    {
        public ExecuteCode? Refused { get; private set; }

        public Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken)
        {
            Refused = command;
            throw new GatewayException(GatewayErrorKind.Overloaded, "full");
        }

        public Task CancelAsync(CancelExecution command, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task FeedAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
