namespace CodeInterpreter.Gateway.Executions.Deferred;

/// <summary>The deferred executions of one user in the order of their acceptance, of which one at a time is offered to the runners.</summary>
internal sealed class UserLine
{
    private readonly LinkedList<DeferredExecution> _waiting = [];

    /// <summary>The one that the runners have been offered, and of which nothing has been heard yet.</summary>
    public Offer? Offered { get; set; }

    public int Count => _waiting.Count;

    /// <summary>Whether nothing of the user is deferred any more.</summary>
    public bool IsEmpty => _waiting.Count == 0 && Offered is null;

    /// <summary>Whether one may be offered.</summary>
    public bool IsReady => _waiting.Count > 0 && Offered is null;

    public void Add(DeferredExecution execution)
    {
        // What comes back goes before all that were accepted at the same moment, as it did before.
        var before = _waiting.Last;
        while (
            before is not null
            && (execution.IsReturned ? before.Value.AcceptedAt >= execution.AcceptedAt : before.Value.AcceptedAt > execution.AcceptedAt)
        )
        {
            before = before.Previous;
        }

        if (before is null)
            _waiting.AddFirst(execution);
        else
            _waiting.AddAfter(before, execution);
    }

    /// <summary>Takes the first one out.</summary>
    public DeferredExecution Take()
    {
        var first = _waiting.First!.Value;
        _waiting.RemoveFirst();
        return first;
    }

    /// <summary>Takes out those that the condition is true of.</summary>
    public List<DeferredExecution> TakeAll(Func<DeferredExecution, bool> condition)
    {
        var taken = _waiting.Where(condition).ToList();
        taken.ForEach(execution => _waiting.Remove(execution));
        return taken;
    }

    /// <param name="ExecutionId">What was offered.</param>
    /// <param name="RunnerId">The runner that has told of room.</param>
    /// <param name="Tries">How often it was offered, this time included.</param>
    /// <param name="At">When it was.</param>
    internal sealed record Offer(string ExecutionId, string RunnerId, int Tries, DateTimeOffset At);
}
