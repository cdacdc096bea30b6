namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>One of the round trips that an item takes.</summary>
/// <param name="Alone">Takes it for one item.</param>
/// <param name="Together">Takes it for several, 2 to 100.</param>
/// <typeparam name="T">What is brought.</typeparam>
public sealed record CoalescedStep<T>(Func<T, Task> Alone, Func<IReadOnlyList<T>, Task> Together);

/// <summary>
/// Lets calls that come at the same time share their round trips: while those before take the first step, the next wait, and then take
/// all steps together. What fails together is done one by one, so that each call has its own end, unless
/// <paramref name="isOutage"/> says that it is the fault of none.
/// </summary>
/// <param name="isOutage">Whether a step that was taken together failed for all, so that nothing is gained by trying it for each.</param>
/// <param name="steps">In their order, one at least.</param>
/// <typeparam name="T">What is brought.</typeparam>
public sealed class Coalescer<T>(Func<Exception, bool> isOutage, params IReadOnlyList<CoalescedStep<T>> steps)
{
    // Enough to share the cost, few enough for one answer in time.
    private const int MaxTogether = 100;

    private readonly Lock _lock = new();
    private readonly List<Call> _waiting = [];
    private bool _isUnderWay;

    /// <summary>
    /// Called with those that wait, before they take the first step; others may join them until it ends. It saves round trips and nothing
    /// else: when it fails, those that wait go on without the others.
    /// </summary>
    public Func<IReadOnlyList<T>, Task>? GatherAsync { get; init; }

    /// <summary>Takes all steps; ends as they do for this item.</summary>
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
        while (true)
        {
            if (PeekWaiting() is { Count: > 0 } waiting)
                await TryGatherAsync(waiting);
            if (TakeWaiting() is not { Count: > 0 } calls)
                return;
            await TakeAsync(steps[0], calls);
            _ = GoOnAsync(calls);
        }
    }

    // Nobody awaits this: a failure that got out would leave those that wait, and all who come later, without an end.
    private async Task TryGatherAsync(List<T> waiting)
    {
        if (GatherAsync is null)
            return;
        try
        {
            await GatherAsync(waiting);
        }
        catch (Exception)
        {
            // Those that wait take their steps now.
        }
    }

    private async Task GoOnAsync(List<Call> calls)
    {
        foreach (var step in steps.Skip(1))
            await TakeAsync(step, calls);
        foreach (var call in calls)
            call.Done.SetResult();
    }

    private List<T> PeekWaiting()
    {
        lock (_lock)
            return [.. _waiting.Select(call => call.Item)];
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

    /// <summary>Takes a step with all of the calls, of which those are left that go on.</summary>
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
