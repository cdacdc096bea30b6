using CodeInterpreter.Contracts;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Passes the free slots that runners report to the keeper. Replicas without deferred executions ignore them.</summary>
internal sealed class RoomForDeferredConsumer(DeferredExecutionKeeper keeper) : IConsumer<RoomForDeferred>
{
    public Task Consume(ConsumeContext<RoomForDeferred> context) => keeper.OfferAsync(context.Message);
}

/// <summary>Every replica receives what runners report: any of them may be the one that reads the deferred queue.</summary>
internal sealed class RoomForDeferredConsumerDefinition() : ReplicaEndpointDefinition<RoomForDeferredConsumer>("keeper");
