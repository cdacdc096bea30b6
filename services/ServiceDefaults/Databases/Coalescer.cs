namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>One of the round trips that an item needs.</summary>
/// <param name="Alone">Makes it for one item.</param>
/// <param name="Together">Makes it for several items, 2 to 100.</param>
/// <typeparam name="T">The items.</typeparam>
public sealed record CoalescedStep<T>(Func<T, Task> Alone, Func<IReadOnlyList<T>, Task> Together);

/// <summary>
/// Lets concurrent calls share their round trips: calls that arrive while a group makes its first step form the next group, which makes
/// all steps together. If a step fails for a group, it is repeated for each call alone, so that each call gets its own result, unless
/// <paramref name="isOutage"/> says that repeating does not help.
/// </summary>
/// <param name="isOutage">Whether a failure concerns the whole group, such as an outage of the database.</param>
/// <param name="steps">The steps in their order, at least one.</param>
/// <typeparam name="T">The items.</typeparam>
public sealed class Coalescer<T>(Func<Exception, bool> isOutage, params IReadOnlyList<CoalescedStep<T>> steps)
{
    // Enough to share the cost, few enough for a quick answer.
    private const int MaxTogether = 100;

    private readonly Lock _lock = new();
    private readonly List<Call> _waiting = [];
    private bool _isUnderWay;

    /// <summary>Makes all steps for this item, and fails if one of them does.</summary>
    public Task RunAsync(T item)
    {
        var call = new Call(item, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiting.Add(call);
            if (_isUnderWay)
                return call.Done.Task;
            _isUnderWay = true;
        }

        _ = GoAsync();
        return call.Done.Task;
    }

    private async Task GoAsync()
    {
        while (TakeWaiting() is { Count: > 0 } calls)
        {
            await TakeAsync(steps[0], calls);
            _ = GoOnAsync(calls);
        }
    }

    private async Task GoOnAsync(List<Call> calls)
    {
        foreach (var step in steps.Skip(1))
            await TakeAsync(step, calls);
        foreach (var call in calls)
            call.Done.SetResult();
    }

    private List<Call> TakeWaiting()
    {
        lock (_lock)
        {
            var calls = _waiting[..Math.Min(_waiting.Count, MaxTogether)];
            _waiting.RemoveRange(0, calls.Count);
            _isUnderWay = calls.Count > 0;
            return calls;
        }
    }

    /// <summary>Makes a step for all of the calls, and removes those for which it failed.</summary>
    private async Task TakeAsync(CoalescedStep<T> step, List<Call> calls)
    {
        if (calls.Count > 1 && await TryTogetherAsync(step, calls))
            return;

        await Task.WhenAll(calls.Select(call => TakeAloneAsync(step, call)));
        calls.RemoveAll(call => call.Done.Task.IsCompleted);
    }

    private async Task<bool> TryTogetherAsync(CoalescedStep<T> step, List<Call> calls)
    {
        try
        {
            await step.Together([.. calls.Select(call => call.Item)]);
            return true;
        }
        catch (Exception exception) when (isOutage(exception))
        {
            foreach (var call in calls)
                call.Done.SetException(exception);
            calls.Clear();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static async Task TakeAloneAsync(CoalescedStep<T> step, Call call)
    {
        try
        {
            await step.Alone(call.Item);
        }
        catch (Exception exception)
        {
            call.Done.SetException(exception);
        }
    }

    private sealed record Call(T Item, TaskCompletionSource Done);
}
