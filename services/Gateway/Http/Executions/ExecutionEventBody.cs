using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>
/// The data of a server-sent event; its type says what has happened, its id is the sequence: accepted, queued, started, stdout,
/// stderr, file, finished, keep_alive. The fields that are there depend on it.
/// </summary>
internal sealed record ExecutionEventBody
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its place among the events of the execution; 0 for what concerns only this moment.</summary>
    public required long Sequence { get; init; }

    /// <summary>accepted: when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>queued: executions of the same user that were accepted before and still wait; each user has a line of their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ahead { get; init; }

    /// <summary>started: when. A second one says that the execution began anew, and what came before is void.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>stdout and stderr: what was printed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(LongText))]
    public string? Text { get; init; }

    /// <summary>file: what was stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GeneratedFileBody? File { get; init; }

    /// <summary>finished: the result; nothing follows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExecutionResultBody? Result { get; init; }
}
