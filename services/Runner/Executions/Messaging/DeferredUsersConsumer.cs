using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions.Sharing;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>Takes in whose executions are in line, and answers with the room that is there for them.</summary>
internal sealed class DeferredUsersConsumer(UsersInLine inLine, RoomReports reports) : IConsumer<DeferredUsers>
{
    public Task Consume(ConsumeContext<DeferredUsers> context)
    {
        inLine.Tell(context.Message.UserIds);
        reports.Changed();
        return Task.CompletedTask;
    }
}
