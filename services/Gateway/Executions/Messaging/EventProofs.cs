using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Keeps out events that were not told by a runner that was given the execution.</summary>
internal sealed partial class EventProofs(TrustTokens tokens, ILogger<EventProofs> logger)
{
    /// <summary>Whether an event may be taken in. One that may not is logged, and its sender hears nothing.</summary>
    public bool Accept(string userId, string executionId, string? proof)
    {
        if (tokens.IsProof(proof, userId, executionId))
            return true;
        // Whoever forges may put anything in place of an id.
        Forged(executionId.Length <= 64 && executionId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? executionId : "?");
        return false;
    }

    [LoggerMessage(12, LogLevel.Warning, "An event of the execution {ExecutionId} was dropped: nobody who was given it has told it")]
    private partial void Forged(string executionId);
}
