using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>
/// Sorts the entries of one execution. They may arrive twice, late and in any order; each is returned once, after all entries before it.
/// When the execution is started again, the remaining entries of the attempt before are dropped.
/// </summary>
internal sealed class EventOrder(long after)
{
    private readonly SortedDictionary<long, LogEntry> _held = [];

    /// <summary>The number of the last entry that was returned.</summary>
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

    /// <summary>The next entry; null if it has not arrived.</summary>
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
