using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;

namespace CodeInterpreter.Gateway.Tests.Executions.Watching;

public sealed class EventOrderTests
{
    private static readonly long Second = new EventSequence(attempt: 1).Next();

    private readonly EventOrder _order = new(EventSequence.Accepted);

    [Fact]
    public void Take_EventsInAnyOrderAndTwice_ReturnsThemOnceInOrder()
    {
        Add(4, 2, 4, 2, 3);

        TakeAll().ShouldBe([2, 3, 4]);
        Add(3, 4);
        TakeAll().ShouldBeEmpty();
    }

    [Fact]
    public void Take_MissingEvent_WaitsForIt()
    {
        Add(2, 4, 5);
        TakeAll().ShouldBe([2]);

        Add(3);
        TakeAll().ShouldBe([3, 4, 5]);
    }

    [Fact]
    public void Take_SecondAttempt_DropsEventsOfTheFirst()
    {
        Add(2, 4);
        TakeAll().ShouldBe([2]);

        Add(Second + 1, 5);
        TakeAll().ShouldBeEmpty();
        Add(Second);
        TakeAll().ShouldBe([Second, Second + 1]);
        Add(3);
        TakeAll().ShouldBeEmpty();
    }

    [Fact]
    public void Take_ReconnectedFollower_ContinuesAfterTheLastEvent()
    {
        var order = new EventOrder(3);
        foreach (var sequence in (long[])[2, 3, 4])
            order.Add(Entry(sequence));

        order.Take()!.Sequence.ShouldBe(4);
        order.Take().ShouldBeNull();
    }

    private void Add(params long[] sequences)
    {
        foreach (var sequence in sequences)
            _order.Add(Entry(sequence));
    }

    private List<long> TakeAll()
    {
        var taken = new List<long>();
        while (_order.Take() is { } next)
            taken.Add(next.Sequence);
        return taken;
    }

    private static LogEntry Entry(long sequence) =>
        new()
        {
            ExecutionId = "a",
            UserId = "u",
            Sequence = sequence,
        };
}
