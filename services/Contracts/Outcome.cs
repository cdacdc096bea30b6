using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>How an execution ended.</summary>
// On the wire by name.
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>Exit code 0.</summary>
    Succeeded,

    /// <summary>Another exit code, an uncaught exception among them (1).</summary>
    NonZeroExit,

    /// <summary>Ended by a signal that the product did not send.</summary>
    Signalled,

    /// <summary>Stopped at the limit of wall-clock or CPU time, or too late to be started before its deadline.</summary>
    TimedOut,

    /// <summary>Stopped at the memory limit.</summary>
    OutOfMemory,

    /// <summary>Stopped at the output limit.</summary>
    OutputLimitExceeded,

    /// <summary>Stopped because the caller cancelled it or disconnected.</summary>
    Cancelled,

    /// <summary>The sandbox broke; the code may or may not be the cause.</summary>
    SandboxFailed,

    /// <summary>The runner was lost while it held the execution.</summary>
    RunnerLost,

    /// <summary>The content of an input file is lost in the file store; the code was not started. Upload the file again.</summary>
    InputLost,
}
