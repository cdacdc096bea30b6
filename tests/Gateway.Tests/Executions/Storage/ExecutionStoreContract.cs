using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

/// <summary>What every store of executions has to do; a subclass names the store.</summary>
public abstract partial class ExecutionStoreContract
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private protected abstract IExecutionStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_WorkingDatabase_PassesAndLeavesNothing()
    {
        await Store.CheckAsync(Token);
        await Store.CheckAsync(Token);

        (
            await Store.ListUnfinishedAsync(new ExecutionPosition(DateTimeOffset.UnixEpoch, ""), DateTimeOffset.MaxValue, 10, Token)
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_AddedExecution_IsQueued()
    {
        await AddAsync("a");

        var execution = await FindAsync("a");

        execution.ShouldBe(
            new ExecutionRecord
            {
                ExecutionId = "a",
                UserId = "u",
                AcceptedAt = Start,
            }
        );
    }

    [Fact]
    public async Task Find_AnotherUsersExecution_IsNull()
    {
        await AddAsync("a");

        (await Store.FindAsync("v", "a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task RemoveQueued_QueuedExecution_IsDeletedForItsUserOnly()
    {
        await AddAsync("a");
        var queued = await FindAsync("a");

        await Store.RemoveQueuedAsync(queued with { UserId = "v" }, Token);
        (await Store.FindAsync("u", "a", Token)).ShouldNotBeNull();
        await Store.RemoveQueuedAsync(queued, Token);

        (await Store.FindAsync("u", "a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task RemoveQueued_StartedExecution_IsKept()
    {
        await AddAsync("a");
        await AddAsync("b");
        var queued = await FindAsync("a");
        await Store.MarkStartedAsync(Started("a"), Token);
        await Store.MarkFinishedAsync(Finished("b", Results.Full), judgedAt: null, Token);

        await Store.RemoveQueuedAsync(queued, Token);
        await Store.RemoveQueuedAsync(queued with { ExecutionId = "b" }, Token);

        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Running);
        (await FindAsync("b")).Status.ShouldBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task MarkFinished_RunningExecution_KeepsEverything()
    {
        await AddAsync("a");
        await Store.MarkStartedAsync(Started("a"), Token);
        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Running);

        await Store.MarkFinishedAsync(Finished("a", Results.Full), judgedAt: null, Token);

        var execution = await FindAsync("a");
        execution.Status.ShouldBe(ExecutionStatus.Finished);
        execution.StartedAt.ShouldBe(Start.AddSeconds(1));
        execution.FinishedAt.ShouldBe(Start.AddSeconds(2));
        JsonSerializer.Serialize(execution.Result).ShouldBe(JsonSerializer.Serialize(Results.Full));
    }

    [Fact]
    public async Task MarkFinished_StartNotReported_IsTakenFromTheResult()
    {
        await AddAsync("a");

        await Store.MarkFinishedAsync(Finished("a", Results.Full with { StartedAt = Start.AddSeconds(1.5) }), judgedAt: null, Token);

        (await FindAsync("a")).StartedAt.ShouldBe(Start.AddSeconds(1.5));
    }

    [Fact]
    public async Task MarkFinished_Twice_KeepsTheFirst()
    {
        await AddAsync("a");
        await Store.MarkFinishedAsync(Finished("a", RunnerScript.Succeeded("1")), judgedAt: null, Token);

        await Store.MarkFinishedAsync(Finished("a", RunnerScript.Succeeded("2")), judgedAt: null, Token);

        (await FindAsync("a")).Result!.Output.Text.ShouldBe("1");
    }

    [Fact]
    public async Task MarkStarted_FinishedExecution_StaysFinished()
    {
        await AddAsync("a");
        await Store.MarkFinishedAsync(Finished("a", RunnerScript.Succeeded("")), judgedAt: null, Token);

        await Store.MarkStartedAsync(Started("a"), Token);

        var execution = await FindAsync("a");
        execution.Status.ShouldBe(ExecutionStatus.Finished);
        execution.StartedAt.ShouldBe(Start.AddSeconds(1));
    }

    [Fact]
    public async Task MarkFinished_UnknownExecution_ChangesNothing()
    {
        await Store.MarkFinishedAsync(Finished("a", RunnerScript.Succeeded("")), judgedAt: null, Token);

        (await Store.FindAsync("u", "a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task MarkFinished_ByAnotherUser_ChangesNothing()
    {
        await AddAsync("a");

        await Store.MarkFinishedAsync(Finished("a", RunnerScript.Succeeded("")) with { UserId = "v" }, judgedAt: null, Token);

        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Queued);
    }

    [Fact]
    public async Task DeleteAcceptedBefore_OldExecutions_AreDeleted()
    {
        await AddAsync("old");
        await AddAsync("new", Start.AddHours(1));

        var deleted = await Store.DeleteAcceptedBeforeAsync(Start.AddMinutes(1), Token);

        deleted.ShouldBe(1);
        (await Store.FindAsync("u", "old", Token)).ShouldBeNull();
        (await Store.FindAsync("u", "new", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_UnknownId_IsNull()
    {
        await AddAsync("a");

        (await Store.FindAsync("u", "b", Token)).ShouldBeNull();
        (await Store.FindAsync("u", "A", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task MarkStarted_Twice_KeepsTheFirst()
    {
        await AddAsync("a");
        await Store.MarkStartedAsync(Started("a"), Token);

        await Store.MarkStartedAsync(Started("a") with { StartedAt = Start.AddHours(1) }, Token);

        (await FindAsync("a")).StartedAt.ShouldBe(Start.AddSeconds(1));
    }

    [Fact]
    public async Task MarkStarted_UnknownExecutionOrAnotherUsers_ChangesNothing()
    {
        await AddAsync("a");

        await Store.MarkStartedAsync(Started("b"), Token);
        await Store.MarkStartedAsync(Started("a") with { UserId = "v" }, Token);

        (await Store.FindAsync("u", "b", Token)).ShouldBeNull();
        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Queued);
    }

    [Fact]
    public async Task MarkFinished_ManyAtOnce_KeepsOneOfTheResults()
    {
        await AddAsync("a");

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(second =>
                    Store.MarkFinishedAsync(
                        Finished("a", RunnerScript.Succeeded($"{second}")) with
                        {
                            FinishedAt = Start.AddSeconds(second),
                        },
                        judgedAt: null,
                        Token
                    )
                )
        );

        var execution = await FindAsync("a");
        execution.Result!.Output.Text.ShouldBe($"{(execution.FinishedAt - Start)!.Value.TotalSeconds}");
    }

    [Theory]
    [InlineData('x')]
    [InlineData('\0')]
    [InlineData('\u001b')]
    [InlineData('\ufffd')]
    public async Task MarkFinished_LargestOutput_IsKeptUnchanged(char character)
    {
        await AddAsync("a");
        var output = new OutputText(new string(character, 1024 * 1024), 1024 * 1024, false);
        var result = RunnerScript.Succeeded("") with { Output = output, Error = output };

        await Store.MarkFinishedAsync(Finished("a", result), judgedAt: null, Token);

        (await FindAsync("a")).Result.ShouldNotBeNull().Error.ShouldBe(output);
    }

    [Fact]
    public async Task MarkStarted_ReturnsWhetherItRunsAndStoresItsInputAddress()
    {
        await AddAsync("a");
        await AddAsync("b");
        await Store.MarkFinishedAsync(Finished("b", Results.Full), judgedAt: null, Token);
        var input = new Uri("queue:runner-input?temporary=true");

        (await Store.MarkStartedAsync(Started("a") with { InputAddress = input }, Token)).ShouldBeTrue();
        (await Store.MarkStartedAsync(Started("b"), Token)).ShouldBeFalse();
        (await Store.MarkStartedAsync(Started("unknown"), Token)).ShouldBeFalse();

        (await FindAsync("a")).InputAddress.ShouldBe(input);
    }

    private static ExecutionStarted Started(string executionId) =>
        new()
        {
            ExecutionId = executionId,
            UserId = "u",
            RunnerId = "r",
            StartedAt = Start.AddSeconds(1),
        };

    private static ExecutionFinished Finished(string executionId, ExecutionResult result) =>
        new()
        {
            ExecutionId = executionId,
            UserId = "u",
            RunnerId = "r",
            FinishedAt = Start.AddSeconds(2),
            Result = result,
        };

    private Task<ExecutionRecord> AddAsync(string executionId, DateTimeOffset? acceptedAt = null) =>
        Store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = executionId,
                UserId = "u",
                AcceptedAt = acceptedAt ?? Start,
            },
            Token
        );

    private async Task<ExecutionRecord> FindAsync(string executionId) => (await Store.FindAsync("u", executionId, Token)).ShouldNotBeNull();
}
