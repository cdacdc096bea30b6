using System.Text;
using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Executions;

/// <summary>What others want of an execution while this runner holds it: that it stops, or that it reads something.</summary>
internal sealed class ExecutionControl : IDisposable
{
    // Each is at most one message of the bus.
    private const int MaxWaiting = 64;

    private readonly CancellationTokenSource _cancelled = new();
    private readonly Channel<ExecutionInput> _input = Channel.CreateBounded<ExecutionInput>(MaxWaiting);

    /// <summary>Set from the moment the execution is cancelled.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    public void Cancel() => _cancelled.Cancel();

    /// <summary>Hands input to the code; waits while it has much that it has not read.</summary>
    public ValueTask FeedAsync(ExecutionInput input, CancellationToken cancellationToken) =>
        _input.Writer.WriteAsync(input, cancellationToken);

    /// <summary>Passes everything on to the sandbox, until the code has ended.</summary>
    public async Task DriveAsync(SandboxConversation conversation, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, Cancelled);
        try
        {
            await foreach (var input in _input.Reader.ReadAllAsync(either.Token))
            {
                // A frame that has begun has to be completed, or the next one could not be understood.
                await conversation.FeedAsync(Encoding.UTF8.GetBytes(input.Text), input.End, ended);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (!ended.IsCancellationRequested) await conversation.KillAsync(new KillCommand("cancellation"), ended);
        }
    }

    public void Dispose() => _cancelled.Dispose();
}
