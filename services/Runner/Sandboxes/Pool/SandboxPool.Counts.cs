namespace CodeInterpreter.Runner.Sandboxes.Pool;

internal sealed partial class SandboxPool
{
    /// <summary>Number of sandboxes that are ready now.</summary>
    public int IdleCount
    {
        get
        {
            lock (_lock)
                return _idle.Count;
        }
    }

    private int WaitingCount()
    {
        lock (_lock)
            return _waiters.Count;
    }

    private int IdleCountOf(SandboxProfile profile)
    {
        lock (_lock)
            return _idle.Count(sandbox => sandbox.Profile == profile);
    }

    private int StartingCountOf(SandboxProfile profile)
    {
        lock (_lock)
            return _starting[profile];
    }
}
