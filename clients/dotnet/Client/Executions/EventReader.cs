using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Client;

/// <summary>Reads the events of one execution in order, and remembers how far it came.</summary>
internal sealed class EventReader(string? executionId = null, long after = 0)
{
    private bool _started;

    /// <summary>The execution's id, once it is known.</summary>
    public string? ExecutionId { get; private set; } = executionId;

    /// <summary>The sequence of the last event that arrived.</summary>
    public long After { get; private set; } = after;

    /// <summary>The event; null for one that callers do not need.</summary>
    public ExecutionEvent? Read(V1.ExecutionEvent message)
    {
        ExecutionId = message.ExecutionId;
        After = Math.Max(After, message.Sequence);
        return ToEvent(message) is { } known ? known with { ExecutionId = message.ExecutionId, Sequence = message.Sequence } : null;
    }

    private ExecutionEvent? ToEvent(V1.ExecutionEvent message) =>
        message.EventCase switch
        {
            V1.ExecutionEvent.EventOneofCase.Accepted => new ExecutionEvent.Accepted(
                ResultMapping.ToMoment(message.Accepted.AcceptedAt) ?? default
            ),
            V1.ExecutionEvent.EventOneofCase.Queued => new ExecutionEvent.Queued(message.Queued.Ahead),
            V1.ExecutionEvent.EventOneofCase.Started => ToStarted(message.Started),
            V1.ExecutionEvent.EventOneofCase.Stdout => new ExecutionEvent.Stdout(message.Stdout),
            V1.ExecutionEvent.EventOneofCase.Stderr => new ExecutionEvent.Stderr(message.Stderr),
            V1.ExecutionEvent.EventOneofCase.File => new ExecutionEvent.File(ResultMapping.ToFile(message.File)),
            V1.ExecutionEvent.EventOneofCase.Finished => new ExecutionEvent.Finished(ResultMapping.ToResult(message.Finished)),
            _ => null,
        };

    private ExecutionEvent.Started ToStarted(V1.Started message)
    {
        var again = _started;
        _started = true;
        return new ExecutionEvent.Started(ResultMapping.ToMoment(message.StartedAt) ?? default, again);
    }
}
