using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>
/// Event: the code printed something. Output in quick succession is published together. Output beyond the limit of a stream is not
/// published.
/// </summary>
public sealed record ExecutionOutput
{
    /// <summary>The execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Its user.</summary>
    public required string UserId { get; init; }

    /// <summary>The <see cref="ExecuteCode.Proof"/> of the command; gateways drop events without it.</summary>
    public string? Proof { get; init; }

    /// <summary>Its place among the events of the execution: see <see cref="EventSequence"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>Where it was printed.</summary>
    public required OutputKind Kind { get; init; }

    /// <summary>The text; no character is cut in two, and invalid UTF-8 is replaced by U+FFFD.</summary>
    [JsonConverter(typeof(LongText))]
    public required string Text { get; init; }
}
