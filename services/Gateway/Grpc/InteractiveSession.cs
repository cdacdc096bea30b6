using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Limits;
using Grpc.Core;
using Event = CodeInterpreter.Gateway.Executions.Watching.ExecutionEvent;
using ExecutionService = CodeInterpreter.Gateway.Executions.ExecutionService;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>
/// One interactive execution: events go out while input comes in. A session that ends before its execution, because the caller disconnects
/// or because something fails, abandons it.
/// </summary>
internal sealed class InteractiveSession(ExecutionService executions, ExecutionRecord execution)
{
    // Input that arrives before the start waits for it.
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Of the runner that runs the code now. Another one, if the execution was started again.
    private Uri? _address;
    private bool _inputEnded;

    public async Task RunAsync(
        IAsyncStreamReader<InteractiveRequest> input,
        IAsyncEnumerable<Event> events,
        IServerStreamWriter<ExecutionEvent> output,
        ServerCallContext context
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var feeding = FeedAsync(input, context.GetHttpContext(), ended);
        var finished = false;
        try
        {
            await SendEventsAsync(events, output, ended.Token);
            finished = true;
        }
        // The caller gets the error of its input.
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested) { }
        finally
        {
            if (!finished)
            {
                await executions.AbandonAsync(execution);
            }

            await ended.CancelAsync();
        }

        await ThrowIfFaultedAsync(feeding);
    }

    private async Task SendEventsAsync(
        IAsyncEnumerable<Event> events,
        IServerStreamWriter<ExecutionEvent> output,
        CancellationToken cancellationToken
    )
    {
        await foreach (var next in events.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(EventMapping.ToMessage(next), cancellationToken);
            if (next is Event.Started { InputAddress: { } address })
            {
                await SwitchToAsync(address, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Sends further input to the runner that has started the code. If that is a second start, the input before went to the lost runner,
    /// and the caller knows that from the second <c>started</c>. A caller that has closed its input cannot do so again, so it is closed
    /// here.
    /// </summary>
    private async Task SwitchToAsync(Uri address, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _address, address);
        var isRestarted = !_started.TrySetResult();
        if (isRestarted && Volatile.Read(ref _inputEnded))
        {
            await PassOnAsync("", end: true, cancellationToken);
        }
    }

    private static async Task ThrowIfFaultedAsync(Task feeding)
    {
        try
        {
            await feeding;
        }
        // The code has ended and reads no more input.
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or RpcException { StatusCode: StatusCode.Cancelled }) { }
    }

    private async Task FeedAsync(IAsyncStreamReader<InteractiveRequest> input, HttpContext context, CancellationTokenSource ended)
    {
        try
        {
            await FeedAsync(input, context, ended.Token);
        }
        catch
        {
            // At once, not with the next event: code that waits for input may print nothing for long.
            await ended.CancelAsync();
            throw;
        }
    }

    private async Task FeedAsync(IAsyncStreamReader<InteractiveRequest> input, HttpContext context, CancellationToken cancellationToken)
    {
        while (await input.MoveNext(cancellationToken))
        {
            if (input.Current.PartCase != InteractiveRequest.PartOneofCase.Input)
            {
                throw GatewayException.Invalid("input", "must follow the start, which comes once.");
            }

            await PassOnAsync(input.Current.Input, end: false, cancellationToken);
            LargeRequests.Leave(context);
        }

        // Before the end is sent: if another runner starts the code meanwhile, it gets the end at least once, and twice does no harm.
        Interlocked.Exchange(ref _inputEnded, true);
        await PassOnAsync("", end: true, cancellationToken);
    }

    private async Task PassOnAsync(string text, bool end, CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        await executions.SendInputAsync(
            Volatile.Read(ref _address)!,
            execution.UserId,
            execution.ExecutionId,
            text,
            end,
            cancellationToken
        );
    }
}
