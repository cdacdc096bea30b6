using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Brings what runners tell of their room to the keeper. Replicas that keep no executions have nothing to do.</summary>
internal sealed class RoomForDeferredConsumer(DeferredExecutionKeeper keeper) : IConsumer<RoomForDeferred>
{
    public Task Consume(ConsumeContext<RoomForDeferred> context) => keeper.OfferAsync(context.Message);
}

/// <summary>Every replica receives what runners report: any of them may be the one that keeps the executions.</summary>
internal sealed class RoomForDeferredConsumerDefinition() : ReplicaEndpointDefinition<RoomForDeferredConsumer>("keeper");
