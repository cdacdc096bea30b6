using MassTransit;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// Event: a service could not process a message and has dropped it. Nothing of the message is in it but ids: no code, environment, grant or
/// output. Gateways keep them in the queue <see cref="Queue"/> for operators.
/// </summary>
[EntityName(Queue)]
public sealed record FailedMessage
{
    /// <summary>
    /// The queue that keeps them, the newest <see cref="MostKept"/> for <see cref="KeptFor"/>; also the name of the exchange they are
    /// published to.
    /// </summary>
    public const string Queue = "failed-messages";

    /// <summary>Most messages that are kept; the oldest go first.</summary>
    public const int MostKept = 10_000;

    /// <summary>How long they are kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);

    /// <summary>The queue that the message was in.</summary>
    public required string FailedIn { get; init; }

    /// <summary>The id the message had; null when it had none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The execution it was about; null when it does not say.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>
    /// The kinds of the exceptions, the outermost first, or <c>NoConsumer</c> for a message of an unexpected kind.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>When it failed.</summary>
    public required DateTimeOffset FailedAt { get; init; }
}
