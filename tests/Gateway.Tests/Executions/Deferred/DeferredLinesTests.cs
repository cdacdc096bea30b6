using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;

namespace CodeInterpreter.Gateway.Tests.Executions.Deferred;

public sealed class DeferredLinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 4, 0, 0, TimeSpan.Zero);

    private readonly DeferredLines _lines = new();
    private DateTimeOffset _now = Start;
    private int _accepted;

    [Fact]
    public void Offer_FreeSlots_GoToTheFirstInLineAndTheNextWaits()
    {
        Keep("a1", "a2", "a3");

        Room("r1", 5, "a").ShouldBe(["a1"]);
        Room("r1", 5, "a").ShouldBeEmpty("nobody knows yet what became of the first");
        Room("r2", 5, "a").ShouldBeEmpty();

        Room("r1", 5, taken: ["a1"], "a").ShouldBe(["a2"]);
        Room("r1", 5, taken: ["a2"], "a").ShouldBe(["a3"]);
    }

    [Fact]
    public void Offer_SlotsForAnotherUserOnly_AreNotOffered()
    {
        Keep("a1", "b1");

        Room("r1", 3, "b").ShouldBe(["b1"]);
        Room("r1", 0).ShouldBeEmpty();
    }

    [Fact]
    public void Offer_FewerSlotsThanUsers_TakesTurns()
    {
        Keep("a1", "a2", "b1", "b2", "c1");

        Room("r1", 1, "a", "b", "c").ShouldBe(["a1"]);
        Room("r1", 1, taken: ["a1"], "a", "b", "c").ShouldBe(["b1"]);
        Room("r1", 1, taken: ["b1"], "a", "b", "c").ShouldBe(["c1"]);
        Room("r1", 1, taken: ["c1"], "a", "b", "c").ShouldBe(["a2"]);
    }

    [Fact]
    public void Offer_SlotAlreadyOffered_IsNotOfferedAgain()
    {
        Keep("a1", "b1");

        Room("r1", 1, "a", "b").ShouldBe(["a1"]);
        Room("r1", 1, "a", "b").ShouldBeEmpty();
        Room("r2", 1, "a", "b").ShouldBe(["b1"], "another runner's room is its own");
    }

    [Fact]
    public void Offer_ReturnedExecution_IsFirstAgainForSomeAttempts()
    {
        var first = Keep("a1", "a2")[0];
        Room("r1", 1, "a").ShouldBe(["a1"]);

        for (var tries = 1; tries < DeferredLines.Tries; tries++)
            _lines.Keep(Returned(first), _now)!.ExecutionId.ShouldBe("a1");
        _lines.Keep(Returned(first), _now).ShouldBeNull("it waits until a runner tells of room once more");

        Room("r1", 1, "a").ShouldBe(["a1"]);
    }

    [Fact]
    public void Add_InAnyOrder_EarlierAcceptedGoesFirst()
    {
        var (early, late) = (Execution("early"), Execution("late"));

        _lines.Keep(late with { UserId = "a" }, _now);
        _lines.Keep(early with { UserId = "a" }, _now);

        Room("r1", 1, "a").ShouldBe(["early"]);
    }

    [Fact]
    public void Add_AcceptedAtTheSameTime_ReturnedOneGoesFirst()
    {
        var (first, second) = (Execution("a1"), Execution("a2"));
        second = second with { AcceptedAt = first.AcceptedAt };
        _lines.Keep(first, _now);
        _lines.Keep(second, _now);
        Room("r1", 1, "a").ShouldBe(["a1"]);

        for (var tries = 1; tries <= DeferredLines.Tries; tries++)
            _lines.Keep(Returned(first), _now);

        Room("r1", 1, "a").ShouldBe(["a1"]);
    }

    [Fact]
    public void Users_StayInLineUntilTheirLastExecutionIsTaken()
    {
        Keep("a1");
        Room("r1", 1, "a");
        _lines.UserIds.ShouldBe(["a"], "it may come back, and nothing new may go before it");

        Room("r1", 0, taken: ["a1"]);

        _lines.UserIds.ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_WaitingExecution_LeavesTheLineAtOnce()
    {
        Keep("a1", "a2");

        Ids(_lines.Take(new CancelExecution { ExecutionId = "a2", UserId = "a" })).ShouldBe(["a2"]);
        Ids(_lines.Take(new CancelExecution { ExecutionId = "a1", UserId = "b" })).ShouldBeEmpty("it is another user's");

        _lines.Count.ShouldBe(1);
    }

    [Fact]
    public void Offer_ExecutionPastItsDeadline_IsReleasedAndBlocksNoOther()
    {
        Keep("a1", "a2");
        _lines.Keep(Execution("a3") with { StartBy = Start.AddHours(2) }, _now);
        _now = Start.AddHours(1);

        Ids(_lines.TakeOverdue(_now)).ShouldBe(["a1", "a2"]);

        Room("r1", 1, "a").ShouldBe(["a3"]);
    }

    [Fact]
    public void Offer_WithoutAnAnswer_BlocksTheLineForALimitedTime()
    {
        Keep("a1", "a2");
        Room("r1", 1, "a").ShouldBe(["a1"]);
        _now += DeferredLines.OfferTimeout + TimeSpan.FromSeconds(1);

        _lines.TakeOverdue(_now).ShouldBeEmpty();

        Room("r1", 1, "a").ShouldBe(["a2"]);
    }

    [Fact]
    public void Clear_RedeliveredExecution_IsAddedAsNew()
    {
        var all = Keep("a1", "a2");
        Room("r1", 1, "a");

        _lines.Clear();
        _lines.UserIds.ShouldBeEmpty();
        foreach (var execution in all)
            _lines.Keep(execution, _now).ShouldBeNull();

        Room("r1", 1, "a").ShouldBe(["a1"]);
    }

    private List<DeferredExecution> Keep(params string[] ids)
    {
        List<DeferredExecution> executions = [.. ids.Select(Execution)];
        executions.ForEach(execution => _lines.Keep(execution, _now));
        return executions;
    }

    // The user is in the first letter.
    private DeferredExecution Execution(string id) =>
        new()
        {
            ExecutionId = id,
            UserId = id[..1],
            AcceptedAt = Start.AddMilliseconds(_accepted++),
            StartBy = Start.AddHours(1),
            ReleaseAsync = () => Task.CompletedTask,
        };

    private static DeferredExecution Returned(DeferredExecution execution) => execution with { IsReturned = true };

    private string[] Room(string runner, int count, params string[] users) => Room(runner, count, [], users);

    private string[] Room(string runner, int count, string[] taken, params string[] users) =>
        Ids(
            _lines.Take(
                new RoomForDeferred
                {
                    RunnerId = runner,
                    Count = count,
                    UserIds = users,
                    TakenExecutionIds = taken,
                },
                _now
            )
        );

    private static string[] Ids(IEnumerable<DeferredExecution> executions) => [.. executions.Select(execution => execution.ExecutionId)];
}
