namespace CodeInterpreter.Gateway.Access;

/// <summary>
/// A question to something that may be slow or away, asked once for all callers who need the answer. While the last answer was a failure,
/// callers get that failure at once instead of waiting for the next answer; each of them still makes sure that the question is asked again.
/// </summary>
/// <param name="ask">Asks. It is never cancelled, so it needs a timeout of its own.</param>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class SharedQuestion<T>(Func<Task<T>> ask)
{
    private readonly Lock _lock = new();
    private Task<T>? _asking;
    private Exception? _failure;

    /// <summary>Returns the answer to the question that is being asked; asks it if nobody does.</summary>
    public Task<T> AskAsync(CancellationToken cancellationToken)
    {
        var asking = Begin(out var failure);
        return failure is null || asking.IsCompleted ? asking.WaitAsync(cancellationToken) : Task.FromException<T>(failure);
    }

    /// <summary>Asks if nobody does, for callers who come later.</summary>
    public void AskAhead() => Begin(out _);

    private Task<T> Begin(out Exception? failure)
    {
        TaskCompletionSource<T> answer;
        lock (_lock)
        {
            failure = _failure;
            if (_asking is { } asked)
                return asked;
            answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _asking = answer.Task;
        }

        _ = AskForAllAsync(answer);
        return answer.Task;
    }

    private async Task AskForAllAsync(TaskCompletionSource<T> answer)
    {
        try
        {
            var value = await ask();
            End(failure: null);
            answer.SetResult(value);
        }
        catch (Exception exception)
        {
            End(exception);
            answer.SetException(exception);
            // Nobody may have waited for it.
            _ = answer.Task.Exception;
        }
    }

    private void End(Exception? failure)
    {
        lock (_lock)
        {
            _failure = failure;
            _asking = null;
        }
    }
}
