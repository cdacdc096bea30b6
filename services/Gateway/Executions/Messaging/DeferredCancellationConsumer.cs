using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Lets the keeper release what has been cancelled, so that it is answered.</summary>
internal sealed class DeferredCancellationConsumer(DeferredExecutionKeeper keeper) : IConsumer<CancelExecution>
{
    public Task Consume(ConsumeContext<CancelExecution> context) => keeper.CancelAsync(context.Message);
}

/// <summary>Every replica receives cancellations: any of them may be the one that keeps the executions.</summary>
internal sealed class DeferredCancellationConsumerDefinition() : ReplicaEndpointDefinition<DeferredCancellationConsumer>("cancel");
