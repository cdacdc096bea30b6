namespace CodeInterpreter.Gateway.Executions.Following;

/// <summary>
/// Brings the entries of one execution into their order. They may come twice, late and in any order; each is handed out
/// once, and after all that belong before it. When an execution begins anew, what is left of before is dropped.
/// </summary>
internal sealed class EventOrder(long after)
{
    private readonly SortedDictionary<long, LogEntry> _held = [];

    /// <summary>The number of the last entry handed out.</summary>
    public long Last { get; private set; } = after;

    public void Add(LogEntry entry)
    {
        if (entry.Sequence <= Last)
        {
            return;
        }

        _held[entry.Sequence] = entry;
        if (entry.BeginsAttempt)
        {
            _held.Keys.Where(sequence => sequence < entry.Sequence).ToList().ForEach(sequence => _held.Remove(sequence));
        }
    }

    /// <summary>The next entry; null when it has not come yet.</summary>
    public LogEntry? Take()
    {
        if (_held.Count == 0)
        {
            return null;
        }

        var next = _held.First().Value;
        if (next.Sequence != Last + 1 && !next.BeginsAttempt)
        {
            return null;
        }

        _held.Remove(next.Sequence);
        Last = next.Sequence;
        return next;
    }
}
