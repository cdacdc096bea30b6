using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Refuses events that do not come from a runner that received the execution.</summary>
internal sealed partial class EventProofs(TrustTokens tokens, ILogger<EventProofs> logger)
{
    /// <summary>Whether an event has a valid proof. A refusal is logged; its sender gets no answer.</summary>
    public bool Accept(string userId, string executionId, string? proof)
    {
        if (tokens.IsProof(proof, userId, executionId))
            return true;
        // A forged event may have any text in place of an id.
        Forged(executionId.Length <= 64 && executionId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? executionId : "?");
        return false;
    }

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "An event of the execution {ExecutionId} was dropped: it does not come from a runner that received the execution"
    )]
    private partial void Forged(string executionId);
}
