using CodeInterpreter.Gateway.Limits.Sharing;

namespace CodeInterpreter.Gateway.Tests.Limits.Sharing;

/// <summary>What every store of usage has to do; a subclass names the store.</summary>
public abstract class UsageStoreContract
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private protected abstract IUsageStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exchange_ReturnsTheLastReportOfEachOtherReplica()
    {
        (await Store.ExchangeAsync(Usage("a", 1, 3), Now, Token)).ShouldBeEmpty();
        (await Store.ExchangeAsync(Usage("b", 1, 5), Now, Token)).ShouldHaveSingleItem().ReplicaId.ShouldBe("a");
        await Store.ExchangeAsync(Usage("a", 2, 7), Now, Token);

        var seen = (await Store.ExchangeAsync(Usage("b", 2, 5), Now, Token)).ShouldHaveSingleItem();

        (seen.ReplicaId, seen.Sequence).ShouldBe(("a", 2));
        seen.Calls.ShouldBe([KeyValuePair.Create("caller/key/0f.$", 7L)]);
        seen.Executions.ShouldBe([KeyValuePair.Create("user/größe", 8L)]);
    }

    [Fact]
    public async Task Delete_EndsReports_OfAReplicaOrBeforeATime()
    {
        await Store.ExchangeAsync(Usage("old", 1, 1), Now.AddHours(-2), Token);
        await Store.ExchangeAsync(Usage("a", 1, 1), Now, Token);
        await Store.ExchangeAsync(Usage("b", 1, 1), Now, Token);

        await Store.DeleteBeforeAsync(Now.AddHours(-1), Token);
        await Store.DeleteAsync("a", Token);

        (await Store.ExchangeAsync(Usage("c", 1, 1), Now, Token)).ShouldHaveSingleItem().ReplicaId.ShouldBe("b");
    }

    private static ReplicaUsage Usage(string replica, long sequence, long count) =>
        new(
            replica,
            sequence,
            new Dictionary<string, long> { ["caller/key/0f.$"] = count },
            new Dictionary<string, long> { ["user/größe"] = count + 1 }
        );
}
