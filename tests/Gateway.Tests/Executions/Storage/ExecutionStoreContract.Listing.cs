using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public abstract partial class ExecutionStoreContract
{
    [Fact]
    public async Task List_PageByPage_HasEveryExecutionOnceNewestFirst()
    {
        for (var i = 0; i < 7; i++)
        {
            await AddAsync($"{i}", Start.AddSeconds(i / 3));
        }

        await Store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = "foreign",
                UserId = "v",
                AcceptedAt = Start,
            },
            Token
        );
        await Store.MarkFinishedAsync(Finished("3", Results.Full), judgedAt: null, Token);
        var visited = new List<ExecutionRecord>();
        ExecutionPosition? position = null;
        while (await Store.ListAsync("u", position, 2, Token) is { Count: > 0 } page)
        {
            visited.AddRange(page);
            position = new ExecutionPosition(page[^1].AcceptedAt, page[^1].ExecutionId);
        }

        visited.Select(execution => execution.ExecutionId).ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
        visited.ShouldAllBe(execution => execution.Result == null);
        visited[3].Status.ShouldBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task CountQueued_CountsOnlyEarlierQueuedExecutionsOfTheUser()
    {
        foreach (var (id, second) in ((string, int)[])[("old", -10), ("a", 0), ("b", 1), ("c", 2), ("d", 3), ("late", 4)])
        {
            await AddAsync(id, Start.AddSeconds(second));
        }

        await Store.MarkStartedAsync(Started("b"), Token);
        await Store.MarkFinishedAsync(Finished("c", Results.Full), judgedAt: null, Token);

        (await Store.CountQueuedAsync("u", Start, Start.AddSeconds(4), Token)).ShouldBe(2);
        (await Store.CountQueuedAsync("v", Start, Start.AddSeconds(4), Token)).ShouldBe(0);
    }

    [Fact]
    public async Task ListUnfinished_UnfinishedBeforeATime_AreOldestFirst()
    {
        foreach (var (id, second) in ((string, int)[])[("late", 4), ("c", 2), ("b", 1), ("a", 0), ("d", 3), ("old", -10)])
        {
            await AddAsync(id, Start.AddSeconds(second));
        }

        await Store.MarkStartedAsync(Started("b"), Token);
        await Store.MarkFinishedAsync(Finished("a", Results.Full), judgedAt: null, Token);

        (await Ids(count: 10)).ShouldBe(["b", "c", "d"]);
        (await Ids(count: 2)).ShouldBe(["b", "c"]);
        await AddAsync("c2", Start.AddSeconds(2));
        (await Ids(count: 10, new(Start.AddSeconds(2), "c"))).ShouldBe(["c2", "d"]);

        async Task<IEnumerable<string>> Ids(int count, ExecutionPosition? after = null) =>
            (await Store.ListUnfinishedAsync(after ?? new(Start, ""), Start.AddSeconds(4), count, Token)).Select(execution =>
                execution.ExecutionId
            );
    }
}
