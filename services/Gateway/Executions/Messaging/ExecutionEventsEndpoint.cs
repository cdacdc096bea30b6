using CodeInterpreter.Gateway.Errors;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>The durable endpoint that all replicas share.</summary>
internal static class ExecutionEventsEndpoint
{
    public const string Name = "execution-events";

    /// <summary>
    /// Pauses between attempts to store an event while the database is unavailable: short ones, for more than the hour after which the
    /// broker
    /// redelivers the event. Giving up would lose a result.
    /// </summary>
    public static readonly TimeSpan[] RetryIntervals =
    [
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromSeconds(1),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(5), 800),
    ];

    /// <summary>Retries only while the database is unavailable: an event that cannot be stored must not delay others.</summary>
    public static void RetryWhileUnavailable(IRetryConfigurator retry)
    {
        retry.Handle<GatewayException>(IsUnavailable);
        retry.Intervals(RetryIntervals);
    }

    /// <summary>Whether the database or the bus is unavailable.</summary>
    public static bool IsUnavailable(GatewayException exception) => exception.Kind == GatewayErrorKind.Unavailable;
}
