namespace CodeInterpreter.Gateway.Executions.Deferred;

/// <summary>The deferred executions of one user in the order of acceptance. One at a time is offered to the runners.</summary>
internal sealed class UserLine
{
    private readonly LinkedList<DeferredExecution> _waiting = [];

    /// <summary>The unanswered offer; null if there is none.</summary>
    public Offer? Offered { get; set; }

    public int Count => _waiting.Count;

    /// <summary>Whether the user has no deferred executions.</summary>
    public bool IsEmpty => _waiting.Count == 0 && Offered is null;

    /// <summary>Whether an execution may be offered.</summary>
    public bool IsReady => _waiting.Count > 0 && Offered is null;

    public void Add(DeferredExecution execution)
    {
        // An execution that came back goes before all that were accepted at the same time.
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

    /// <summary>Takes out the first execution.</summary>
    public DeferredExecution Take()
    {
        var first = _waiting.First!.Value;
        _waiting.RemoveFirst();
        return first;
    }

    /// <summary>Takes out the executions that match.</summary>
    public List<DeferredExecution> TakeAll(Func<DeferredExecution, bool> condition)
    {
        var taken = _waiting.Where(condition).ToList();
        taken.ForEach(execution => _waiting.Remove(execution));
        return taken;
    }

    /// <param name="ExecutionId">The execution.</param>
    /// <param name="RunnerId">The runner that reported the free slot.</param>
    /// <param name="Tries">How often it was offered, including this time.</param>
    /// <param name="At">When it was offered.</param>
    internal sealed record Offer(string ExecutionId, string RunnerId, int Tries, DateTimeOffset At);
}
