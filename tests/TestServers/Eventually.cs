namespace CodeInterpreter.TestServers;

/// <summary>Waits for what others do, for no longer than it takes.</summary>
public static class Eventually
{
    // Far beyond what any test waits for, so that what never happens is a failure and no hanging test.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <exception cref="OperationCanceledException">It did not become true within a minute.</exception>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <exception cref="OperationCanceledException">It did not become true within a minute.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var interval = new PeriodicTimer(Interval);
        while (!await condition())
            await interval.WaitForNextTickAsync(patience.Token);
    }
}
