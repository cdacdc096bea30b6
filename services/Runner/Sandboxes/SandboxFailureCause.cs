namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>Why a sandbox failed, as far as its engine knows.</summary>
internal enum SandboxFailureCause
{
    /// <summary>The engine knows nothing, or does not say so in time.</summary>
    Unknown,

    /// <summary>The kernel killed one of its processes because memory ran out.</summary>
    OutOfMemory,

    /// <summary>The engine cannot be reached. Its sandboxes may have ended with it.</summary>
    EngineAway,
}
