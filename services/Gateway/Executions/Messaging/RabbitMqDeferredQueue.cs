using System.Net.Security;
using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Messaging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Reads the deferred queue of a RabbitMQ broker, which delivers it to one replica at a time. The messages stay unacknowledged at the
/// broker; only their headers are kept here. If this replica is lost, another receives all of them. To release a message, it is requeued,
/// received once more, and then moved to the queue of the runners.
/// </summary>
internal sealed partial class RabbitMqDeferredQueue(
    DeferredExecutionKeeper keeper,
    CommandSeals seals,
    IOptions<MessageBusOptions> options,
    TimeProvider timeProvider,
    ILogger<RabbitMqDeferredQueue> logger
) : BackgroundService
{
    private const string RunnersQueue = "execute-code";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly Dictionary<string, object> OfferHeaders = new() { [DeferredExecutions.Offered] = true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(() => isFailing = false, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (!isFailing)
                    Log(exception);
                isFailing = true;
            }
            finally
            {
                keeper.Forget();
            }

            await Task.Delay(RetryDelay, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads the queue until the connection ends.</summary>
    private async Task ReadAsync(Action connected, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = options.Value.RabbitMq,
            ClientProvidedName = "code-interpreter-deferred",
            AutomaticRecoveryEnabled = false,
        };
        // The address of a broker with TLS lets the library accept certificates of other hosts.
        factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken
        );
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await DeclareAsync(channel, cancellationToken);
        await channel.BasicQosAsync(0, (ushort)Math.Min(options.Value.QueueLimit, ushort.MaxValue), global: false, cancellationToken);
        var reading = new Reading(channel, ended, keeper, seals, timeProvider);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => reading.ReceiveAsync(delivery);
        // Deleting the queue ends the consumer, but not the channel.
        consumer.UnregisteredAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(DeferredExecutions.Queue, autoAck: false, consumer, cancellationToken);
        connected();
        try
        {
            await ended.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            // Closing the channel waits for a message that is being moved.
            ended.TrySetResult();
        }
    }

    private async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-single-active-consumer"] = true,
            ["x-max-length"] = options.Value.QueueLimit,
            ["x-overflow"] = "reject-publish",
            // A lost gateway loses no message.
            ["x-delivery-limit"] = -1,
            ["x-consumer-timeout"] = (long)QueueExtensions.AcknowledgementTimeout.TotalMilliseconds,
        };
        await channel.QueueDeclareAsync(
            DeferredExecutions.Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            arguments,
            cancellationToken: cancellationToken
        );
        // Runners publish to an exchange of that name, because they may not publish to queues.
        await channel.ExchangeDeclareAsync(
            DeferredExecutions.Queue,
            ExchangeType.Direct,
            durable: true,
            autoDelete: false,
            cancellationToken: cancellationToken
        );
        await channel.QueueBindAsync(
            DeferredExecutions.Queue,
            DeferredExecutions.Queue,
            DeferredExecutions.Sealed,
            cancellationToken: cancellationToken
        );
        // Without a seal, a command of a client looks like one that a runner has invented.
        if (seals.AreRequired)
            await channel.QueueUnbindAsync(
                DeferredExecutions.Queue,
                DeferredExecutions.Queue,
                DeferredExecutions.Unsealed,
                cancellationToken: cancellationToken
            );
        else
            await channel.QueueBindAsync(
                DeferredExecutions.Queue,
                DeferredExecutions.Queue,
                DeferredExecutions.Unsealed,
                cancellationToken: cancellationToken
            );
    }

    // Once for each outage, without a stack trace, which does not help to repair a broker. Readiness reports the outage.
    private void Log(Exception exception)
    {
        if (exception is BrokerUnreachableException or IOException)
            BrokerAway(exception);
        else if (exception is RabbitMQClientException)
            Refused(FailureReason.Of(exception));
        else
            Failed(exception);
    }

    [LoggerMessage(21, LogLevel.Warning, "The queue of deferred executions cannot be read; this is tried again every second")]
    private partial void Failed(Exception exception);

    [LoggerMessage(22, LogLevel.Warning, "The queue of deferred executions cannot be read; this is tried again every second. {Cause}")]
    private partial void Refused(string cause);

    [LoggerMessage(
        24,
        LogLevel.Debug,
        "The queue of deferred executions cannot be read because the broker is unavailable; this is tried again every second"
    )]
    private partial void BrokerAway(Exception exception);

    /// <summary>The messages that one connection has received.</summary>
    internal sealed class Reading(
        IChannel channel,
        TaskCompletionSource ended,
        DeferredExecutionKeeper keeper,
        CommandSeals seals,
        TimeProvider time
    )
    {
        // Requeued, to be moved when they are received again.
        private readonly HashSet<string> _released = [];

        public async Task ReceiveAsync(BasicDeliverEventArgs delivery)
        {
            try
            {
                var execution = Read(delivery);
                // Each time, because another message may name an execution that has just been released.
                if (!seals.Accept(delivery.BasicProperties.ContentType, delivery.Body, Text(delivery, DeferredExecutions.Seal), execution))
                {
                    await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
                    return;
                }

                bool isReleased;
                lock (_released)
                    isReleased = execution is not null && _released.Remove(execution.ExecutionId);
                // A message without headers was not deferred by a runner; the runners handle it.
                if (execution is null || isReleased)
                    await MoveAsync(execution, delivery);
                else
                    await keeper.KeepAsync(execution);
            }
            catch (Exception exception) when (exception is RabbitMQClientException or OperationCanceledException or NotConfirmedException)
            {
                // The broker redelivers all of them. The channel is not closed here, because closing waits for this call.
                ended.TrySetResult();
            }
        }

        private DeferredExecution? Read(BasicDeliverEventArgs delivery)
        {
            if (
                Text(delivery, DeferredExecutions.ExecutionId) is { } executionId
                && Text(delivery, DeferredExecutions.UserId) is { } userId
                && Header(delivery, DeferredExecutions.AcceptedAt) is long acceptedAt
                && Header(delivery, DeferredExecutions.StartBy) is long startBy
            )
            {
                return new DeferredExecution
                {
                    ExecutionId = executionId,
                    UserId = userId,
                    AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(acceptedAt),
                    StartBy = DateTimeOffset.FromUnixTimeMilliseconds(startBy),
                    IsReturned = Header(delivery, DeferredExecutions.Offered) is not null,
                    ReleaseAsync = () => ReleaseAsync(executionId, delivery.DeliveryTag),
                };
            }

            return null;
        }

        private static object? Header(BasicDeliverEventArgs delivery, string name) =>
            delivery.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value : null;

        private static string? Text(BasicDeliverEventArgs delivery, string header) =>
            Header(delivery, header) is byte[] text ? Encoding.UTF8.GetString(text) : null;

        private async Task ReleaseAsync(string executionId, ulong deliveryTag)
        {
            lock (_released)
                _released.Add(executionId);
            try
            {
                await channel.BasicNackAsync(deliveryTag, multiple: false, requeue: true);
            }
            catch (AlreadyClosedException)
            {
                // The broker requeues it.
            }
        }

        private async Task MoveAsync(DeferredExecution? execution, BasicDeliverEventArgs delivery)
        {
            try
            {
                var properties = MovedMessages.PropertiesOf(delivery.BasicProperties, OfferHeaders);
                // Until the broker takes the delivery back: given up earlier, the message could be in both queues.
                var publishing = time.ConfirmedAsync(
                    QueueExtensions.AcknowledgementTimeout,
                    token => channel.BasicPublishAsync("", RunnersQueue, mandatory: true, properties, delivery.Body, token).AsTask(),
                    CancellationToken.None
                );
                if (await Task.WhenAny(publishing, ended.Task) != publishing)
                    return;
                await publishing;
            }
            catch (PublishException)
            {
                // The queue of the runners is full for now.
                if (execution is not null)
                    await keeper.KeepAsync(execution with { IsReturned = true });
                return;
            }

            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        }
    }
}
