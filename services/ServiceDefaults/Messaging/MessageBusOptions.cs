using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>The message bus, section <c>MessageBus</c>. All services of a system have the same settings.</summary>
public sealed class MessageBusOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "MessageBus";

    /// <summary>What carries the messages; RabbitMQ by default.</summary>
    public MessageBusTransport Transport { get; set; } = MessageBusTransport.RabbitMq;

    /// <summary>
    /// The broker, <c>amqp://user:password@host:port/virtual-host</c>, or <c>amqps</c> with TLS. By default a broker on this machine with
    /// the account that RabbitMQ accepts from nowhere else.
    /// </summary>
    [Required]
    public Uri RabbitMq { get; set; } = new("amqp://guest:guest@127.0.0.1:5672/");

    /// <summary>
    /// Executions that may wait in the queue, 1 to 10000000, 20000 by default. One more is refused, so that callers hear at
    /// once what they would otherwise hear at their deadline. An argument of the queue: to change it, delete the empty queue first.
    /// </summary>
    [Range(1, 10_000_000)]
    public int QueueLimit { get; set; } = 20_000;

    /// <summary>
    /// How often an execution is given to another runner after it was lost with one, 0 to 100, 2 by default. It may be what
    /// ends the runners; after that it is answered as <c>RunnerLost</c>. An argument of the queue, as above.
    /// </summary>
    [Range(0, 100)]
    public int Redeliveries { get; set; } = 2;
}
