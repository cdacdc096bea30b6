using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>
/// The data of a server-sent event. The type of the event is accepted, queued, started, stdout, stderr, file, finished or keep_alive, and
/// determines the fields; its id is the sequence.
/// </summary>
internal sealed record ExecutionEventBody
{
    /// <summary>The execution.</summary>
    [RegularExpression(Patterns.ExecutionId)]
    public required string ExecutionId { get; init; }

    /// <summary>The number of the event in the execution; 0 for events that only describe the present.</summary>
    public required long Sequence { get; init; }

    /// <summary>accepted: when the execution was accepted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>
    /// queued: number of the user's executions that were accepted before and still wait. Each user has a queue of their own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ahead { get; init; }

    /// <summary>started: when a runner started the code. A second start voids all events before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>stdout and stderr: the output.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(LongText))]
    public string? Text { get; init; }

    /// <summary>file: the stored file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeneratedFileBody? File { get; init; }

    /// <summary>finished: the result. It is the last event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExecutionResultBody? Result { get; init; }
}
