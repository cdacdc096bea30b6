namespace CodeInterpreter.Runner.Sandboxes.Pool;

internal sealed partial class SandboxPool
{
    private SandboxProfile? NextToStart()
    {
        if (_waiters.Count > 0)
            return NextForWaiters();
        var starting = _starting.Values.Sum();
        if (starting >= _options.ConcurrentStarts)
            return null;

        foreach (var profile in Profiles)
        {
            var (ready, target) = (_idle.Count(sandbox => sandbox.Profile == profile), _options.TargetFor(profile));
            if (ready + _starting[profile] < target && starting < AtOnce(ready, target))
                return profile;
        }

        // The last start failed, perhaps for a caller that has given up, and no other start is due: start one to see whether the engine
        // works again.
        return !_usable && starting == 0 ? SandboxProfile.Lean : null;
    }

    // A data sandbox that is being started cannot serve callers that wait for a bare one, so it does not count for them.
    private SandboxProfile? NextForWaiters()
    {
        var starting = _starting.Values.Sum();
        var forBare = starting - _starting[SandboxProfile.Data];
        var waitingForBare = _waiters.Count(waiter => !Serves(SandboxProfile.Data, waiter.Profile));
        return
            forBare < Math.Min(waitingForBare, _options.ConcurrentStarts) || starting < Math.Min(_waiters.Count, _options.ConcurrentStarts)
            ? SandboxProfile.Lean
            : null;
    }

    // The more are ready the fewer are started at once: code in a ready one shares the processors with those starts.
    private int AtOnce(int ready, int target) => Math.Max(1, _options.ConcurrentStarts - (_options.ConcurrentStarts * ready / target));
}
