using CodeInterpreter.Runner.Executions.Sharing;

namespace CodeInterpreter.Runner.Tests.Executions.Sharing;

public sealed class FairShareTests
{
    [Theory]
    [InlineData(1, 23)]
    [InlineData(2, 12)]
    [InlineData(5, 5)]
    [InlineData(20, 2)]
    [InlineData(40, 1)]
    public void Users_WantAllSlotsAtOnce_HaveEqualSharesAndANewUserIsServed(int users, int most)
    {
        var slots = new FairShare(47, sharedPart: 0.5);

        var taken = TakeInTurns(slots, users);

        taken.ShouldAllBe(count => count == most || count == most - 1);
        taken.Sum().ShouldBe(Math.Max(23, users), "nothing that is shared is left");
        slots.TryTake("new").ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(24)]
    public void Users_WantAllSlotsInTurn_LeaveASlotForEachAndForANewUser(int users)
    {
        var slots = new FairShare(47, sharedPart: 0.5);

        int[] taken = [.. Enumerable.Range(0, users).Select(user => Enumerable.Range(0, 32).Count(_ => slots.TryTake($"{user}")))];

        taken[0].ShouldBe(23);
        taken[1..].ShouldAllBe(count => count == 1);
        slots.TryTake("new").ShouldBeTrue();
    }

    [Fact]
    public void User_AboveTheEqualShare_WaitsUntilOthersHaveTheirs()
    {
        var slots = new FairShare(8, sharedPart: 0.5);
        for (var i = 0; i < 4; i++)
            slots.TryTake("first").ShouldBeTrue();
        slots.TryTake("second").ShouldBeTrue("it is the first one");
        slots.TryTake("second").ShouldBeFalse("nothing that is shared is free");

        slots.Release("first");
        slots.Release("first");

        slots.TryTake("first").ShouldBeFalse();
        slots.TryTake("second").ShouldBeTrue();
    }

    [Fact]
    public void User_Alone_HasAllSharedSlots()
    {
        TakeInTurns(new FairShare(40, sharedPart: 0.5), users: 1).ShouldBe([20]);
        TakeInTurns(new FairShare(40, sharedPart: 0.25), users: 1).ShouldBe([10]);
        TakeInTurns(new FairShare(40, sharedPart: 1), users: 1).ShouldBe([40]);
        TakeInTurns(new FairShare(40, sharedPart: 0), users: 1).ShouldBe([1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void User_WithoutASlot_GetsAnyFreeOne(int count)
    {
        var slots = new FairShare(count, sharedPart: 0.5);

        for (var user = 0; user < count; user++)
            slots.TryTake($"{user}").ShouldBeTrue();

        slots.TryTake("more").ShouldBeFalse();
    }

    [Fact]
    public void Slot_Returned_IsFreeForAnyUser()
    {
        var slots = new FairShare(4, sharedPart: 0.5);
        TakeInTurns(slots, users: 1).ShouldBe([2]);
        slots.TryTake("0").ShouldBeFalse();

        slots.Release("0");

        slots.TryTake("0").ShouldBeTrue();
    }

    [Fact]
    public void Execution_ThatMayNotBeDeferred_AlwaysGetsASlot()
    {
        var slots = new FairShare(4, sharedPart: 0.5);
        TakeInTurns(slots, users: 1);

        slots.Take("0");
        slots.Take("0");

        slots.TryTake("new").ShouldBeFalse("there is none left");
    }

    [Fact]
    public void RoomFor_HasUsersAndTheNumberOfSlotsTheyWouldGet()
    {
        var slots = new FairShare(8, sharedPart: 0.5);
        for (var i = 0; i < 2; i++)
            slots.TryTake("a").ShouldBeTrue();

        slots.CapacityFor([]).Count.ShouldBe(0);
        Room("a").ShouldBe("a: 2");
        // One each, then there are three users for four shared slots.
        Room("a", "b", "c").ShouldBe("a,b,c: 3");
        TakeInTurns(slots, users: 2);
        Room("a").ShouldBe(": 0");
        Room("a", "new").ShouldBe("new: 1");

        string Room(params string[] users) =>
            slots.CapacityFor(users) is var (welcome, count) ? $"{string.Join(',', welcome)}: {count}" : "";
    }

    private static int[] TakeInTurns(FairShare slots, int users)
    {
        var taken = new int[users];
        bool more;
        do
        {
            more = false;
            for (var user = 0; user < users; user++)
            {
                if (!slots.TryTake($"{user}"))
                    continue;
                taken[user]++;
                more = true;
            }
        } while (more);
        return taken;
    }
}
