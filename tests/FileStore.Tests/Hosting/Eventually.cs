using System.Diagnostics;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>Waits for what another thread does, for no longer than it takes.</summary>
internal static class Eventually
{
    /// <summary>Far beyond what anything here takes, so that what never happens is a failure and no hanging test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
