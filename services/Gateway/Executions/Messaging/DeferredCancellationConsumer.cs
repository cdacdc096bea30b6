using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Releases a cancelled execution, so that a runner ends it.</summary>
internal sealed class DeferredCancellationConsumer(DeferredExecutionKeeper keeper) : IConsumer<CancelExecution>
{
    public Task Consume(ConsumeContext<CancelExecution> context) => keeper.CancelAsync(context.Message);
}

/// <summary>Every replica receives cancellations: any of them may be the one that reads the deferred queue.</summary>
internal sealed class DeferredCancellationConsumerDefinition() : ReplicaEndpointDefinition<DeferredCancellationConsumer>("cancel");
