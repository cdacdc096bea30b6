using MassTransit;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// What the broker says of one message: its refusal, if any. MassTransit takes a refusal for a broken connection and sends the message
/// again and again; callers that pass <see cref="Token"/> are cancelled at the first refusal.
/// </summary>
public sealed class BrokerRefusal : IDisposable
{
    private readonly CancellationTokenSource _refused = new();

    /// <summary>Cancelled when the broker has refused the message.</summary>
    public CancellationToken Token => _refused.Token;

    /// <summary>Whether there was a queue for it, and it was full; otherwise there was none.</summary>
    public bool QueueIsFull { get; private set; }

    /// <summary>Whether the message has been given to the broker, which may have it although it has not confirmed it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Makes this the refusal of the message that is about to be sent.</summary>
    public void Attach(SendContext message) => message.GetOrAddPayload(() => this);

    /// <inheritdoc />
    public void Dispose() => _refused.Dispose();

    private void Refuse(RabbitMQ.Client.Exceptions.PublishException reason)
    {
        QueueIsFull = !reason.IsReturn;
        _refused.Cancel();
    }

    /// <summary>Reports refusals of messages that have one attached.</summary>
    internal sealed class Observer : ISendObserver
    {
        public Task PreSend<T>(SendContext<T> context)
            where T : class
        {
            if (context.TryGetPayload(out BrokerRefusal? refusal))
                refusal.IsSent = true;
            return Task.CompletedTask;
        }

        public Task PostSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class
        {
            if (
                exception.InnerException is RabbitMQ.Client.Exceptions.PublishException reason
                && context.TryGetPayload(out BrokerRefusal? refusal)
            )
                refusal.Refuse(reason);
            return Task.CompletedTask;
        }
    }
}
