using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Sharing;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Receives which users have deferred executions, and publishes the free slots for them.</summary>
internal sealed class DeferredUsersConsumer(WaitingUsers waitingUsers, CapacityReports reports) : IConsumer<DeferredUsers>
{
    public Task Consume(ConsumeContext<DeferredUsers> context)
    {
        waitingUsers.Update(context.Message.UserIds);
        reports.Changed();
        return Task.CompletedTask;
    }
}
