namespace CodeInterpreter.Gateway.Access.Callers;

/// <summary>
/// A request to a dependency that may be slow or down, sent once for all callers that need its result. After a failure, callers get that
/// failure at once instead of waiting for the next attempt; each of them makes sure that there is a next attempt.
/// </summary>
/// <param name="send">Sends the request. It is never cancelled, so it needs a timeout of its own.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed class SingleFlight<T>(Func<Task<T>> send)
{
    private readonly Lock _lock = new();
    private Task<T>? _inFlight;
    private Exception? _failure;

    /// <summary>The result of the request in flight, which is sent if there is none.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        var request = Begin(out var failure);
        return failure is null || request.IsCompleted ? request.WaitAsync(cancellationToken) : Task.FromException<T>(failure);
    }

    /// <summary>Sends the request if none is in flight, for later callers.</summary>
    public void Prefetch() => Begin(out _);

    private Task<T> Begin(out Exception? failure)
    {
        TaskCompletionSource<T> result;
        lock (_lock)
        {
            failure = _failure;
            if (_inFlight is { } request)
                return request;
            result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _inFlight = result.Task;
        }

        _ = SendAsync(result);
        return result.Task;
    }

    private async Task SendAsync(TaskCompletionSource<T> result)
    {
        try
        {
            var value = await send();
            End(failure: null);
            result.SetResult(value);
        }
        catch (Exception exception)
        {
            End(exception);
            result.SetException(exception);
            // Marks the exception as observed, because there may be no caller.
            _ = result.Task.Exception;
        }
    }

    private void End(Exception? failure)
    {
        lock (_lock)
        {
            _failure = failure;
            _inFlight = null;
        }
    }
}
