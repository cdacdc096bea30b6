namespace CodeInterpreter.TestDiscord.Model;

/// <summary>Does one thing after the other, in the order in which they were asked for.</summary>
internal sealed class Turns
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    public Task RunAsync(Func<Task> act)
    {
        lock (_lock)
            return _last = AfterAsync(_last, act);
    }

    private static async Task AfterAsync(Task before, Func<Task> act)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await act();
    }
}
