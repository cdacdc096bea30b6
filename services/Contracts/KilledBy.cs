using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>Which limit or request stopped an execution.</summary>
// On the wire by name.
[JsonConverter(typeof(JsonStringEnumConverter<KilledBy>))]
public enum KilledBy
{
    /// <summary>The wall-time limit.</summary>
    WallTime,

    /// <summary>The limit of CPU time.</summary>
    CpuTime,

    /// <summary>The memory limit.</summary>
    Memory,

    /// <summary>The limit of what may be printed.</summary>
    Output,

    /// <summary>The caller cancelled it or disconnected.</summary>
    Cancellation,

    /// <summary>The runner, which gave up on a sandbox that was silent or broke the protocol.</summary>
    Runner,
}
