using CodeInterpreter.Gateway.Errors;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>The durable endpoint that all replicas share.</summary>
internal static class ExecutionEventsEndpoint
{
    public const string Name = "execution-events";

    /// <summary>
    /// Pauses between attempts to store an event while the database is away: short ones, for more than the hour after which
    /// the broker takes the event back and delivers it anew. An event that is given up is a result lost.
    /// </summary>
    public static readonly TimeSpan[] RetryIntervals =
    [
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromSeconds(1),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(5), 800),
    ];

    /// <summary>Tries again while the database is away, and for no other reason: what cannot be stored must not keep others waiting.</summary>
    public static void RetryWhileStoreIsAway(IRetryConfigurator retry)
    {
        retry.Handle<GatewayException>(IsAway);
        retry.Intervals(RetryIntervals);
    }

    /// <summary>Whether the database, or the bus, is away.</summary>
    public static bool IsAway(GatewayException exception) => exception.Kind == GatewayErrorKind.Unavailable;
}
