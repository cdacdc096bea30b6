namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>What carries the messages.</summary>
public enum MessageBusTransport
{
    /// <summary>A RabbitMQ broker: services in processes of their own.</summary>
    RabbitMq,

    /// <summary>The memory of one process that has all services in it. Nothing outlives the process.</summary>
    InMemory,
}
