using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>Sends commands to the runners over the message bus.</summary>
internal sealed class BusExecutionQueue(IBus bus, ReplyAddress replyAddress, IOptions<ExecutionOptions> options, TimeProvider timeProvider)
    : IExecutionQueue
{
    private const string CommandQueue = "execute-code";
    private const string Unavailable = "Executions cannot be accepted at the moment.";
    private const string NoRunner = "Executions cannot be accepted: no runner has ever connected.";
    private const string Full = "The queue of executions is full; try again later.";

    public async Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken)
    {
        using var refusal = new BrokerRefusal();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, refusal.Token);
        try
        {
            await GuardAsync(
                token => bus.SendToQueueAsync(CommandQueue, command, context => Prepare(context, refusal), token),
                either.Token
            );
        }
        catch (Exception exception) when (refusal.Token.IsCancellationRequested)
        {
            throw refusal.QueueIsFull
                ? new GatewayException(GatewayErrorKind.Overloaded, Full, exception)
                : new GatewayException(GatewayErrorKind.Unavailable, NoRunner, exception);
        }
        catch (GatewayException exception) when (refusal.IsSent)
        {
            throw new GatewayException(GatewayErrorKind.Unavailable, Unavailable, exception.InnerException) { MayRun = true };
        }
    }

    public Task CancelAsync(CancelExecution command, CancellationToken cancellationToken) =>
        GuardAsync(token => bus.Publish(command, token), cancellationToken);

    public Task SendInputAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) =>
        GuardAsync(token => bus.SendToQueueAsync(DirectQueues.QueueOf(address), input, _ => { }, token), cancellationToken);

    private async Task GuardAsync(Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            // Without its broker, the bus keeps the message and waits.
            await timeProvider.ConfirmedAsync(options.Value.PublishTimeout, send, cancellationToken);
        }
        catch (MassTransitException exception)
        {
            throw new GatewayException(GatewayErrorKind.Unavailable, Unavailable, exception);
        }
    }

    private void Prepare(SendContext context, BrokerRefusal refusal)
    {
        refusal.Attach(context);
        context.ResponseAddress = replyAddress.Value;
        context.RequireQueue();
    }
}
