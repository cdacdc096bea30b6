using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Following;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class ExecutionFollowerTests
{
    [Fact]
    public async Task Follow_DatabaseAway_WhatComesTheShortWayIsTold()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new AwayExecutionStore();
        var waiting = new WaitingExecutions();
        var feeds = new LiveFeeds();
        var lostExecutions = new LostExecutions(
            new FinishedExecutions(waiting, store),
            store,
            TimeProvider.System,
            NullLogger<LostExecutions>.Instance
        );
        var follower = new ExecutionFollower(
            store,
            store,
            lostExecutions,
            waiting,
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
            .FollowAsync(new AttendedExecution(execution, waiting.Add("e"), feeds.Subscribe("e")), after: 0, token)
            .GetAsyncEnumerator(token);
        (await NextAsync()).ShouldBeOfType<ExecutionEvent.Accepted>();

        var started = NextAsync();
        feeds.Publish(
            new LogEntry
            {
                ExecutionId = "e",
                UserId = "u",
                Sequence = 2,
                StartedAt = now,
            }
        );
        (await started).ShouldBeOfType<ExecutionEvent.Started>();
        feeds.Publish(
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
        waiting.TryComplete(
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
