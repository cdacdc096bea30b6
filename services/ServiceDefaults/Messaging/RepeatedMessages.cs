using MassTransit;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>Messages that are published at intervals, so that losing one of them does no harm.</summary>
public static class RepeatedMessages
{
    /// <summary>How long to wait for the broker's confirmation.</summary>
    public static readonly TimeSpan ConfirmationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Publishes a message. Returns without an error if the broker does not confirm it in time: readiness reports an outage.
    /// </summary>
    /// <exception cref="MassTransitException">The broker refused the message.</exception>
    public static async Task PublishRepeatedAsync<T>(this IBus bus, T message, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await time.ConfirmedAsync(ConfirmationTimeout, token => bus.Publish(message, token), cancellationToken);
        }
        catch (NotConfirmedException)
        {
            // The next one replaces it.
        }
    }
}
