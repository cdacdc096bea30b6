using System.Text.Json.Serialization;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>The status of an execution. It only moves forward.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionStatus>))]
internal enum ExecutionStatus
{
    /// <summary>Accepted, waiting for a runner.</summary>
    Queued = 0,

    /// <summary>A runner has started the code.</summary>
    Running = 1,

    /// <summary>Ended, with a result.</summary>
    Finished = 2,
}
