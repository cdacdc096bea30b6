using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using Grpc.Core;
using Event = CodeInterpreter.Gateway.Executions.Following.ExecutionEvent;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>One interactive execution: events go out while input comes in. A caller who goes away abandons it.</summary>
internal sealed class InteractiveSession(Executor executor, ExecutionRegister register, ExecutionRecord execution)
{
    // Input that comes before a runner has the code waits for that.
    private readonly TaskCompletionSource<Uri> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task RunAsync(
        IAsyncStreamReader<InteractiveRequest> input,
        IAsyncEnumerable<Event> events,
        IServerStreamWriter<ExecutionEvent> output,
        ServerCallContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var feeding = FeedAsync(input, ended.Token);
        try
        {
            await foreach (var told in events.WithCancellation(context.CancellationToken))
            {
                await output.WriteAsync(EventMapping.ToMessage(told), context.CancellationToken);
                if (told is Event.Started { InputAddress: { } address })
                {
                    _started.TrySetResult(address);
                }

                // Wrong input ends the call, not only the input.
                if (feeding.IsFaulted)
                {
                    break;
                }
            }
        }
        finally
        {
            if (context.CancellationToken.IsCancellationRequested || feeding.IsFaulted)
            {
                await executor.AbandonAsync(execution);
            }

            await ended.CancelAsync();
        }

        await ThrowIfFaultedAsync(feeding);
    }

    private static async Task ThrowIfFaultedAsync(Task feeding)
    {
        try
        {
            await feeding;
        }
        // The code has ended, and nobody reads any more.
        catch (Exception exception) when (exception is OperationCanceledException or IOException
            or RpcException { StatusCode: StatusCode.Cancelled } or GatewayException { Kind: GatewayErrorKind.NotRunning })
        {
        }
    }

    private async Task FeedAsync(IAsyncStreamReader<InteractiveRequest> input, CancellationToken cancellationToken)
    {
        while (await input.MoveNext(cancellationToken))
        {
            if (input.Current.PartCase != InteractiveRequest.PartOneofCase.Input)
            {
                throw GatewayException.Invalid("input", "must follow the start, which comes once.");
            }

            await PassOnAsync(input.Current.Input, end: false, cancellationToken);
        }

        await PassOnAsync("", end: true, cancellationToken);
    }

    private async Task PassOnAsync(string text, bool end, CancellationToken cancellationToken)
    {
        var address = await _started.Task.WaitAsync(cancellationToken);
        await register.FeedAsync(address, execution.UserId, execution.ExecutionId, text, end, cancellationToken);
    }
}
