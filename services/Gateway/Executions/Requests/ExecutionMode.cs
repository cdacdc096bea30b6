namespace CodeInterpreter.Gateway.Executions.Requests;

/// <summary>What the caller of an execution gets while the code runs.</summary>
internal enum ExecutionMode
{
    /// <summary>Only the result.</summary>
    Plain,

    /// <summary>Events as they happen.</summary>
    Live,

    /// <summary>Events as they happen, and standard input stays open.</summary>
    Interactive,
}
