using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions.Watching;

public sealed class EventFollowerTests
{
    [Fact]
    public async Task Follow_DatabaseUnavailable_HasEventsFromTheBus()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new AwayExecutionStore();
        var parts = new LifecycleParts(store);
        var subscriptions = parts.Subscriptions;
        var follower = new EventFollower(
            store,
            store,
            parts.Reader,
            subscriptions,
            Options.Create(new ExecutionOptions()),
            TimeProvider.System
        );
        var now = TimeProvider.System.GetUtcNow();
        var execution = new ExecutionRecord
        {
            ExecutionId = "e",
            UserId = "u",
            AcceptedAt = now,
            Deadline = now.AddMinutes(2),
            Live = true,
        };
        await using var events = follower
            .FollowAsync(new WatchedExecution(execution, subscriptions.Add("e", withEvents: true)), after: 0, token)
            .GetAsyncEnumerator(token);
        (await NextAsync()).ShouldBeOfType<ExecutionEvent.Accepted>();

        var started = NextAsync();
        subscriptions.Publish(
            new LogEntry
            {
                ExecutionId = "e",
                UserId = "u",
                Sequence = 2,
                StartedAt = now,
            }
        );
        (await started).ShouldBeOfType<ExecutionEvent.Started>();
        subscriptions.Publish(
            new LogEntry
            {
                ExecutionId = "e",
                UserId = "u",
                Sequence = 3,
                Kind = OutputKind.Stdout,
                Text = "hi",
            }
        );
        (await NextAsync()).ShouldBeOfType<ExecutionEvent.Printed>().Text.ShouldBe("hi");
        subscriptions.Publish(
            new ExecutionFinished
            {
                ExecutionId = "e",
                UserId = "u",
                RunnerId = "r",
                Sequence = 4,
                FinishedAt = now,
                Result = RunnerScript.Succeeded("hi"),
            }
        );
        (await NextAsync()).ShouldBeOfType<ExecutionEvent.Finished>();

        async Task<ExecutionEvent> NextAsync()
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
            return events.Current;
        }
    }
}
