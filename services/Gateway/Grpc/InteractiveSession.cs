using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using Grpc.Core;
using Event = CodeInterpreter.Gateway.Executions.Following.ExecutionEvent;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>
/// One interactive execution: events go out while input comes in. A session that ends before its execution, because the caller goes away
/// or because something fails, abandons it.
/// </summary>
internal sealed class InteractiveSession(
    Executor executor,
    ExecutionRegister register,
    Answering answering,
    ExecutionRecord execution,
    bool includeData
)
{
    // Input that comes before a runner has the code waits for that.
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The runner that has it now: another one when it had to begin anew.
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
            await TellAsync(events, output, context.GetHttpContext(), ended.Token);
            finished = true;
        }
        // What is wrong with the input is what the caller is to hear.
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested) { }
        finally
        {
            if (!finished)
            {
                await executor.AbandonAsync(execution);
            }

            await ended.CancelAsync();
        }

        await ThrowIfFaultedAsync(feeding);
    }

    private async Task TellAsync(
        IAsyncEnumerable<Event> events,
        IServerStreamWriter<ExecutionEvent> output,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await foreach (var told in events.WithCancellation(cancellationToken))
        {
            var prepared = await answering.PrepareAsync(context, execution.UserId, told, includeData, cancellationToken);
            await output.WriteAsync(EventMapping.ToMessage(prepared), cancellationToken);
            if (told is Event.Started { InputAddress: { } address })
            {
                await MeetAsync(address, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Turns to the runner that has begun. When it has begun anew, what was read went with the lost runner, and whoever typed it has heard
    /// so; whoever has ended the input can say nothing more, so that it is ended here once more.
    /// </summary>
    private async Task MeetAsync(Uri address, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _address, address);
        var isAnew = !_started.TrySetResult();
        if (isAnew && Volatile.Read(ref _inputEnded))
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
        // The code has ended, and nobody reads any more.
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
            // Now, not with the next event: code that waits for input may say nothing for long.
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

        // Before it is told: a runner that begins anew meanwhile hears of it from here or from there, or twice, which changes nothing.
        Interlocked.Exchange(ref _inputEnded, true);
        await PassOnAsync("", end: true, cancellationToken);
    }

    private async Task PassOnAsync(string text, bool end, CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        await register.FeedAsync(Volatile.Read(ref _address)!, execution.UserId, execution.ExecutionId, text, end, cancellationToken);
    }
}
