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
    /// The broker, <c>amqp://user:password@host:port/virtual-host</c>, or <c>amqps</c> with TLS. By default a broker on this machine,
    /// with RabbitMQ's account for local connections.
    /// </summary>
    [Required]
    public Uri RabbitMq { get; set; } = new("amqp://guest:guest@127.0.0.1:5672/");

    /// <summary>
    /// Executions that may wait in the queue, 1 to 10000000, 20000 by default. Further ones are refused, so that callers get
    /// the error at once and not at their deadline. An argument of the queue: to change it, delete the empty queue first.
    /// </summary>
    [Range(1, 10_000_000)]
    public int QueueLimit { get; set; } = 20_000;

    /// <summary>
    /// How often an execution is given to another runner after its runner was lost, 0 to 100, 2 by default. After that its
    /// outcome is <c>RunnerLost</c>: the execution itself may be what crashes runners. An argument of the queue, as above.
    /// </summary>
    [Range(0, 100)]
    public int Redeliveries { get; set; } = 2;
}
