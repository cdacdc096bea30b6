using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Where an execution is. It only ever moves forward.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionStatus>))]
internal enum ExecutionStatus
{
    /// <summary>Accepted, waiting for a runner.</summary>
    Queued = 0,

    /// <summary>A runner has started the code.</summary>
    Running = 1,

    /// <summary>Ended; the result is there.</summary>
    Finished = 2,
}
