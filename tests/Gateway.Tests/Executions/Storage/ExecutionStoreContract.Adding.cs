using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public abstract partial class ExecutionStoreContract
{
    [Fact]
    public async Task Add_SameId_FailsAndKeepsTheFirst()
    {
        await AddAsync("a");

        await Should.ThrowAsync<Exception>(() => AddAsync("a", Start.AddHours(1)));

        (await FindAsync("a")).AcceptedAt.ShouldBe(Start);
    }

    [Fact]
    public async Task Add_ManyAtOnceSomeWithOneKey_EachIsThereOrTheFirstWithItsKey()
    {
        var executions = Enumerable
            .Range(0, 120)
            .Select(i => new ExecutionRecord
            {
                ExecutionId = $"{i}",
                UserId = "u",
                AcceptedAt = Start,
                IdempotencyKey = i % 3 == 0 ? $"k{i % 4}" : null,
                RequestHash = "h",
            })
            .ToList();

        var kept = await Task.WhenAll(executions.Select(execution => Task.Run(() => Store.AddAsync(execution, Token), Token)));

        var keys = executions.Zip(kept).GroupBy(pair => pair.First.IdempotencyKey);
        foreach (var key in keys.Where(key => key.Key is not null))
            key.Select(pair => pair.Second.ExecutionId).Distinct().ShouldHaveSingleItem();
        foreach (var (execution, own) in keys.Single(key => key.Key is null))
            own.ExecutionId.ShouldBe(execution.ExecutionId);
        foreach (var execution in kept)
            (await Store.FindAsync("u", execution.ExecutionId, Token)).ShouldNotBeNull();
        (await Store.ListAsync("u", after: null, 1000, Token)).Count.ShouldBe(80 + 4);
    }

    [Fact]
    public async Task Add_SameIdempotencyKey_ReturnsTheFirstExecution()
    {
        var first = new ExecutionRecord
        {
            ExecutionId = "a",
            UserId = "u",
            AcceptedAt = Start,
            Deadline = Start.AddMinutes(1),
            Live = true,
            IdempotencyKey = "key",
            RequestHash = "hash",
        };
        (await Store.AddAsync(first, Token)).ShouldBe(first);

        (await Store.AddAsync(first with { ExecutionId = "b", RequestHash = "other" }, Token)).ShouldBe(first);
        (await Store.FindAsync("u", "b", Token)).ShouldBeNull();
        var foreign = first with { ExecutionId = "c", UserId = "v" };
        (await Store.AddAsync(foreign, Token)).ShouldBe(foreign);
        (await FindAsync("a")).ShouldBe(first);
    }

    [Fact]
    public async Task Add_ManyWithOneKeyAtOnce_OneSucceeds()
    {
        var added = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(
                        () =>
                            Store.AddAsync(
                                new ExecutionRecord
                                {
                                    ExecutionId = $"{i}",
                                    UserId = "u",
                                    AcceptedAt = Start,
                                    IdempotencyKey = "k",
                                    RequestHash = "h",
                                },
                                Token
                            ),
                        Token
                    )
                )
        );

        added.Select(execution => execution.ExecutionId).Distinct().ShouldHaveSingleItem();
        (await Store.ListAsync("u", null, 100, Token)).ShouldHaveSingleItem();
    }
}
