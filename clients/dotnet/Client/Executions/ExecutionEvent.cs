namespace CodeInterpreter.Client;

/// <summary>Something that happened in an execution. <see cref="Finished"/> is the last one.</summary>
public abstract record ExecutionEvent
{
    private protected ExecutionEvent() { }

    /// <summary>The execution's id.</summary>
    public string ExecutionId { get; init; } = "";

    /// <summary>Its place among the events of the execution, growing; 0 for <see cref="Queued"/>, which only concerns the moment.</summary>
    public long Sequence { get; init; }

    /// <summary>The execution is accepted.</summary>
    /// <param name="AcceptedAt">When.</param>
    public sealed record Accepted(DateTimeOffset AcceptedAt) : ExecutionEvent;

    /// <summary>It waits for a runner.</summary>
    /// <param name="Ahead">Number of the user's executions before it.</param>
    public sealed record Queued(int Ahead) : ExecutionEvent;

    /// <summary>The code runs.</summary>
    /// <param name="StartedAt">Since when.</param>
    /// <param name="Again">
    /// Whether it started again, because its runner was lost: discard the output and files before this event, and send input again.
    /// </param>
    public sealed record Started(DateTimeOffset StartedAt, bool Again) : ExecutionEvent;

    /// <summary>The code printed something to standard output.</summary>
    /// <param name="Text">What it printed; never half a character.</param>
    public sealed record Stdout(string Text) : ExecutionEvent;

    /// <summary>The code printed something to standard error.</summary>
    /// <param name="Text">What it printed; never half a character.</param>
    public sealed record Stderr(string Text) : ExecutionEvent;

    /// <summary>A file that the code wrote is stored.</summary>
    /// <param name="Stored">The file.</param>
    public sealed record File(GeneratedFile Stored) : ExecutionEvent;

    /// <summary>The execution has finished; no event follows.</summary>
    /// <param name="Result">Its result.</param>
    public sealed record Finished(ExecutionResult Result) : ExecutionEvent;
}
