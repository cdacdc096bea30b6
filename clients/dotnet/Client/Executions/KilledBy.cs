namespace CodeInterpreter.Client;

/// <summary>What stopped code.</summary>
public enum KilledBy
{
    /// <summary>Nothing: it ended by itself.</summary>
    Nothing,

    /// <summary>The limit of wall-clock time.</summary>
    WallTime,

    /// <summary>The limit of memory.</summary>
    Memory,

    /// <summary>The limit of output.</summary>
    Output,

    /// <summary>Its caller.</summary>
    Cancellation,

    /// <summary>The runner, because the sandbox failed.</summary>
    Runner,

    /// <summary>The limit of CPU time.</summary>
    CpuTime,

    /// <summary>Something that this version of the package does not know.</summary>
    Unknown,
}
