namespace CodeInterpreter.Client;

/// <summary>How code ended.</summary>
public enum Outcome
{
    /// <summary>An outcome that this version of the package does not know: treat it as a failure.</summary>
    Unknown,

    /// <summary>Exit code 0.</summary>
    Succeeded,

    /// <summary>Another exit code: 1 for an uncaught exception.</summary>
    NonZeroExit,

    /// <summary>Ended by a signal: the code crashed or sent the signal itself.</summary>
    Signalled,

    /// <summary>Stopped at a limit of time, or never started because no runner was free in time.</summary>
    TimedOut,

    /// <summary>Stopped at the limit of memory.</summary>
    OutOfMemory,

    /// <summary>Stopped because it printed too much.</summary>
    OutputLimitExceeded,

    /// <summary>Cancelled by its caller.</summary>
    Cancelled,

    /// <summary>The sandbox failed; running the code again may help.</summary>
    SandboxFailed,

    /// <summary>The runner was lost; the service does not run the code again.</summary>
    RunnerLost,

    /// <summary>The service lost the content of an input file; the code never started. Upload the file again.</summary>
    InputLost,
}
