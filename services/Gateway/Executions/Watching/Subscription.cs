using System.Threading.Channels;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>One caller's subscription to the result of an execution, and to its events if the caller follows them.</summary>
/// <param name="withEvents">Whether events are kept until they are read. They are limited by the output and files of an execution.</param>
/// <param name="end">Ends the subscription.</param>
internal sealed class Subscription(bool withEvents, Action<Subscription> end) : IDisposable
{
    // The thread that delivers the result must not run the caller's continuation: it has other messages to deliver.
    private readonly TaskCompletionSource<ExecutionFinished> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<LogEntry>? _events = withEvents ? Channel.CreateUnbounded<LogEntry>() : null;

    private bool _resultSeen;
    private int _disposed;

    /// <summary>The result, once it has arrived.</summary>
    public Task<ExecutionFinished> Finished => _finished.Task;

    /// <summary>False if a result arrived before.</summary>
    public bool Publish(ExecutionFinished finished) => _finished.TrySetResult(finished);

    public void Publish(LogEntry entry) => _events?.Writer.TryWrite(entry);

    /// <summary>Takes the next event that has arrived.</summary>
    public bool TryRead(out LogEntry entry)
    {
        entry = null!;
        return _events?.Reader.TryRead(out entry!) ?? false;
    }

    /// <summary>Waits until something has arrived since the last call, or that time has passed. One caller at a time.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> arrivals = [Task.Delay(timeout, timeProvider, pause.Token)];
        // Events may arrive after the result.
        if (!_resultSeen)
            arrivals.Add(_finished.Task);
        if (_events is not null)
            arrivals.Add(_events.Reader.WaitToReadAsync(pause.Token).AsTask());
        await Task.WhenAny(arrivals);
        _resultSeen = _finished.Task.IsCompleted;
        await pause.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            end(this);
        }
    }
}
