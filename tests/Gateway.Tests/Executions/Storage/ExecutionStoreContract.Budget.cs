using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Intake;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public abstract partial class ExecutionStoreContract
{
    [Fact]
    public async Task Measure_Execution_CountsItsMaximumUntilItFinishes()
    {
        (await Store.MeasureAsync("u", Token)).ShouldBe(new ExecutionUsage(0, 0));
        await ReserveAsync("a", 1000);
        await ReserveAsync("b", 200);
        await ReserveAsync("foreign", 5, "v");
        (await Store.MeasureAsync("u", Token)).ShouldBe(new ExecutionUsage(2, 1200));
        var finished = Finished("a", Results.Full);

        await Store.MarkFinishedAsync(finished, judgedAt: null, Token);
        await Store.MarkFinishedAsync(finished with { Result = RunnerScript.Succeeded(new string('x', 10_000)) }, judgedAt: null, Token);

        (await Store.MeasureAsync("u", Token)).ShouldBe(new ExecutionUsage(2, 200 + ResultSize.Of(finished)));
    }

    [Fact]
    public async Task Measure_DeletedExecution_NoLongerCounts()
    {
        await ReserveAsync("queued", 1);
        await ReserveAsync("finished", 10);
        await ReserveAsync("old", 100, acceptedAt: Start.AddDays(-3));
        await Store.MarkFinishedAsync(Finished("finished", Results.Full), judgedAt: null, Token);

        await Store.DeleteAcceptedBeforeAsync(Start, Token);
        (await Store.RemoveFinishedAsync("v", "finished", Token)).ShouldBeFalse("it is another user's");
        (await Store.RemoveFinishedAsync("u", "queued", Token)).ShouldBeFalse("it has not finished");
        (await Store.RemoveFinishedAsync("u", "finished", Token)).ShouldBeTrue();
        (await Store.RemoveFinishedAsync("u", "finished", Token)).ShouldBeFalse("it is gone");
        (await Store.MeasureAsync("u", Token)).ShouldBe(new ExecutionUsage(1, 1));

        await Store.RemoveQueuedAsync(await FindAsync("queued"), Token);
        (await Store.MeasureAsync("u", Token)).ShouldBe(new ExecutionUsage(0, 0));
    }

    [Fact]
    public async Task RemoveFinished_OfAUser_KeepsUnfinishedOnesAndThoseOfOthers()
    {
        await ReserveAsync("queued", 1);
        await ReserveAsync("first", 10);
        await ReserveAsync("second", 100);
        await ReserveAsync("foreign", 5, "v");
        foreach (var (id, user) in new[] { ("first", "u"), ("second", "u"), ("foreign", "v") })
            await Store.MarkFinishedAsync(Finished(id, Results.Full) with { UserId = user }, judgedAt: null, Token);

        (await Store.RemoveFinishedAsync("u", Token)).ShouldBe(2);

        (await Store.ListAsync("u", after: null, 10, Token)).ShouldHaveSingleItem().ExecutionId.ShouldBe("queued");
        (await Store.ListAsync("v", after: null, 10, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Quota_ManyAtOnce_IsNeverExceeded()
    {
        const int Room = 3;
        using var budget = new ResultBudget(Store, Options.Create(new ExecutionOptions { MaxUserResultBytes = 1000 }));

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => TryTakeAsync(budget, $"{i}", 1000 / Room), Token))
        );

        taken.Count(execution => execution).ShouldBeLessThanOrEqualTo(Room);
        (await Store.MeasureAsync("u", Token)).Bytes.ShouldBeLessThanOrEqualTo(1000);
        // Those that met have all left: one by one they find the room.
        var left = Room - taken.Count(execution => execution);
        for (var i = 0; i < left; i++)
            (await TryTakeAsync(budget, $"later-{i}", 1000 / Room)).ShouldBeTrue();
        (await TryTakeAsync(budget, "one-more", 1000 / Room)).ShouldBeFalse();
    }

    private async Task<bool> TryTakeAsync(ResultBudget budget, string executionId, long bytes)
    {
        var execution = await ReserveAsync(executionId, bytes);
        try
        {
            await budget.CheckAsync(execution, Token);
            return true;
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.QuotaExceeded)
        {
            await Store.RemoveQueuedAsync(execution, Token);
            return false;
        }
    }

    private Task<ExecutionRecord> ReserveAsync(string executionId, long bytes, string userId = "u", DateTimeOffset? acceptedAt = null) =>
        Store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = executionId,
                UserId = userId,
                AcceptedAt = acceptedAt ?? Start,
                Bytes = bytes,
            },
            Token
        );
}
