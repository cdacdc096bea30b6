using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>Answers a request whose idempotency key is taken with the execution that has the key.</summary>
internal sealed partial class RepeatedRequests(
    OngoingIntakes ongoingIntakes,
    ExecutionReader reader,
    Subscriptions subscriptions,
    ILogger<RepeatedRequests> logger
)
{
    /// <summary>Subscribes to the execution that has the key; null if it was withdrawn meanwhile, so that the key is free.</summary>
    /// <exception cref="GatewayException">The key belongs to a different request, or that request was refused.</exception>
    public async Task<WatchedExecution?> TryWatchAsync(ExecutionRecord known, ExecutionRecord repeated, CancellationToken cancellationToken)
    {
        if (known.RequestHash != repeated.RequestHash)
        {
            throw new GatewayException(
                GatewayErrorKind.KeyTaken,
                "This idempotency_key was used with a different request before; use a new key."
            )
            {
                ExecutionId = known.ExecutionId,
            };
        }

        await ongoingIntakes.WaitAsync(known.ExecutionId, cancellationToken);
        var subscription = subscriptions.Add(known.ExecutionId, withEvents: known.Live);
        ExecutionRecord? current = null;
        try
        {
            // After the subscription, which receives a result that arrives from now on.
            current = await reader.FindAsync(known.UserId, known.ExecutionId, cancellationToken);
        }
        finally
        {
            if (current is null)
                subscription.Dispose();
        }

        if (current is null)
            return null;

        Repeated(known.ExecutionId);
        return new WatchedExecution(current, subscription);
    }

    [LoggerMessage(35, LogLevel.Debug, "The request of the execution {ExecutionId} was repeated")]
    private partial void Repeated(string executionId);
}
