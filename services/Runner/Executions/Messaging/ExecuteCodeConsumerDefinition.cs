using CodeInterpreter.Runner.Settings;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>All policy of the queue <c>execute-code</c>.</summary>
internal sealed class ExecuteCodeConsumerDefinition : ConsumerDefinition<ExecuteCodeConsumer>
{
    private readonly int _slots;
    private readonly MessageBusOptions _bus;
    private readonly PoisonMessageReply _poisonAnswer;

    public ExecuteCodeConsumerDefinition(IOptions<RunnerOptions> options, IOptions<MessageBusOptions> bus, TimeProvider time)
    {
        _slots = options.Value.Slots;
        _bus = bus.Value;
        _poisonAnswer = new PoisonMessageReply(options.Value.Id, time);
        ConcurrentMessageLimit = _slots;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ExecuteCodeConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        // A runner takes what it can run and leaves the rest to others.
        endpointConfigurator.PrefetchCount = _slots;
        endpointConfigurator.UseQuorumQueue();
        endpointConfigurator.UseLimits(_bus, deadLetters: "execute-code-lost");
        endpointConfigurator.TakeDirectMessagesOnly();
        endpointConfigurator.RecordFailures(context, _poisonAnswer);
        endpointConfigurator.UseMessageRetry(retry => retry.Intervals(ExecuteCodeConsumer.RetryIntervals));
    }
}
