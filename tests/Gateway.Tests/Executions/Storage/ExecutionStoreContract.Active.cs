using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public abstract partial class ExecutionStoreContract
{
    [Fact]
    public async Task CountActive_CountsWhatHasNotEnded_OfTheUserOrTheCaller_UpToThatTime()
    {
        await AddActiveAsync("a", "u", "key/1");
        await AddActiveAsync("b", "u", "key/2");
        await AddActiveAsync("c", "v", "key/1");
        await AddActiveAsync("finished", "u", "key/1");
        await Store.MarkFinishedAsync(Finished("finished", Results.Full), judgedAt: null, Token);
        await AddActiveAsync("overdue", "u", "key/1", acceptedAt: Start.AddMinutes(-10));
        await AddActiveAsync("later", "u", "key/1", acceptedAt: Start.AddMilliseconds(1));

        (await Store.CountActiveOfUserAsync("u", Start, Token)).ShouldBe(2);
        (await Store.CountActiveOfCallerAsync("key/1", Start, Token)).ShouldBe(2);
        (await Store.CountActiveOfUserAsync("u", Start.AddMilliseconds(1), Token)).ShouldBe(3);
        (await Store.CountActiveOfCallerAsync("key/3", Start, Token)).ShouldBe(0);
        (await FindAsync("a")).CallerId.ShouldBe("key/1");
    }

    private async Task AddActiveAsync(string executionId, string userId, string callerId, DateTimeOffset? acceptedAt = null) =>
        await Store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = executionId,
                UserId = userId,
                CallerId = callerId,
                AcceptedAt = acceptedAt ?? Start,
                Deadline = (acceptedAt ?? Start).AddMinutes(5),
            },
            Token
        );
}
