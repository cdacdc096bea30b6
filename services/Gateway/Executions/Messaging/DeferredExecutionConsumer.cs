using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Reads the deferred queue of a bus in memory, and keeps the messages themselves.</summary>
internal sealed class DeferredExecutionConsumer(DeferredExecutionKeeper keeper, IBus bus) : IConsumer<ExecuteCode>
{
    private static readonly Dictionary<string, object> OfferHeaders = new() { [DeferredExecutions.Offered] = true };

    public Task Consume(ConsumeContext<ExecuteCode> context)
    {
        var (command, responseAddress) = (context.Message, context.ResponseAddress);
        return keeper.KeepAsync(
            new DeferredExecution
            {
                ExecutionId = command.ExecutionId,
                UserId = command.UserId,
                AcceptedAt = command.AcceptedAt,
                StartBy = (command.StartBy ?? command.Deadline) + ExecuteCode.ClockTolerance,
                IsReturned = context.HasHeader(DeferredExecutions.Offered),
                ReleaseAsync = async () =>
                    await (await bus.GetSendEndpoint(new Uri("queue:execute-code"))).SendAgainAsync(
                        command,
                        responseAddress,
                        OfferHeaders,
                        CancellationToken.None
                    ),
            }
        );
    }
}
