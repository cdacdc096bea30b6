using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>One call that waits for an execution to finish.</summary>
internal sealed class WaitingExecution(Action<WaitingExecution> stopWaiting) : IDisposable
{
    // The thread that brings the result must not run the caller's continuation: it has other messages to deliver.
    private readonly TaskCompletionSource<ExecutionFinished> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _disposed;

    public Task<ExecutionFinished> Finished => _finished.Task;

    public bool TryComplete(ExecutionFinished finished) => _finished.TrySetResult(finished);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            stopWaiting(this);
        }
    }
}
