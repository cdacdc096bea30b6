namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// Lets calls that come at the same time share one round trip: while one is under way, those that come wait, and go together next.
/// What fails together is done one by one, so that each call has its own end, unless <paramref name="isOutage"/> says that it is the
/// fault of none.
/// </summary>
internal sealed class Coalescer<T>(Func<T, Task> alone, Func<IReadOnlyList<T>, Task> together, Func<Exception, bool> isOutage)
{
    private readonly Lock _lock = new();
    private List<Call> _waiting = [];
    private bool _isUnderWay;

    public Task RunAsync(T item)
    {
        var call = new Call(item, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiting.Add(call);
            if (_isUnderWay) return call.Done.Task;
            _isUnderWay = true;
        }

        _ = GoAsync();
        return call.Done.Task;
    }

    private async Task GoAsync()
    {
        while (TakeWaiting() is { Count: > 0 } calls)
        {
            if (calls.Count == 1 || !await TryTogetherAsync(calls)) await Task.WhenAll(calls.Select(GoAloneAsync));
        }
    }

    private List<Call> TakeWaiting()
    {
        lock (_lock)
        {
            var calls = _waiting;
            _waiting = [];
            _isUnderWay = calls.Count > 0;
            return calls;
        }
    }

    private async Task<bool> TryTogetherAsync(List<Call> calls)
    {
        try
        {
            await together([.. calls.Select(call => call.Item)]);
        }
        catch (Exception exception) when (isOutage(exception))
        {
            foreach (var call in calls) call.Done.SetException(exception);
            return true;
        }
        catch (Exception)
        {
            return false;
        }

        foreach (var call in calls) call.Done.SetResult();
        return true;
    }

    private async Task GoAloneAsync(Call call)
    {
        try
        {
            await alone(call.Item);
            call.Done.SetResult();
        }
        catch (Exception exception)
        {
            call.Done.SetException(exception);
        }
    }

    private sealed record Call(T Item, TaskCompletionSource Done);
}
