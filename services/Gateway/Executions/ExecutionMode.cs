namespace CodeInterpreter.Gateway.Executions;

/// <summary>How a caller attends an execution.</summary>
internal enum ExecutionMode
{
    /// <summary>The caller waits for the result, or asks for it later.</summary>
    Plain,

    /// <summary>What happens is told while it happens.</summary>
    Live,

    /// <summary>Told as well, and the caller has more for standard input.</summary>
    Interactive,
}
