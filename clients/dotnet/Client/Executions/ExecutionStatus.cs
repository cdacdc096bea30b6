namespace CodeInterpreter.Client;

/// <summary>Where an execution is.</summary>
public enum ExecutionStatus
{
    /// <summary>A status that this version of the package does not know.</summary>
    Unknown,

    /// <summary>It waits for a runner.</summary>
    Queued,

    /// <summary>Its code runs.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Finished,
}
