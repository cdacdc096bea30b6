using System.Diagnostics.Metrics;
using CodeInterpreter.Runner.Telemetry;
using CodeInterpreter.ServiceDefaults.Telemetry;

namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>What the runner measures of its sandboxes.</summary>
internal sealed class SandboxInstruments
{
    private static readonly SandboxProfile[] Profiles = Enum.GetValues<SandboxProfile>();

    private readonly Meter _meter;
    private readonly Counter<long> _taken;
    private readonly Histogram<double> _startDuration;
    private readonly Counter<long> _startsFailed;
    private readonly Counter<long> _died;
    private readonly Counter<long> _swept;

    public SandboxInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(RunnerTelemetry.Name);
        _taken = _meter.CreateCounter<long>(
            "code_interpreter.runner.sandboxes.taken",
            "{sandbox}",
            "Sandboxes asked for, by whether one was ready (hit) or not (miss)."
        );
        _startDuration = _meter.CreateDurationHistogram(
            "code_interpreter.runner.sandbox.start.duration",
            "From the order to a sandbox that waits for work."
        );
        _startsFailed = _meter.CreateCounter<long>(
            "code_interpreter.runner.sandboxes.starts_failed",
            "{sandbox}",
            "Sandboxes that could not be started."
        );
        _died = _meter.CreateCounter<long>(
            "code_interpreter.runner.sandboxes.died",
            "{sandbox}",
            "Sandboxes that died before they were used."
        );
        _swept = _meter.CreateCounter<long>(
            "code_interpreter.runner.sandboxes.swept",
            "{sandbox}",
            "Left-behind sandboxes that were removed."
        );
    }

    /// <summary>Registers gauges for what a pool has and owes.</summary>
    public void Observe(Func<SandboxProfile, int> idle, Func<SandboxProfile, int> starting, Func<int> waiting)
    {
        _meter.CreateObservableGauge(
            "code_interpreter.runner.sandboxes.idle",
            () => ByProfile(idle),
            "{sandbox}",
            "Sandboxes that are ready."
        );
        _meter.CreateObservableGauge(
            "code_interpreter.runner.sandboxes.starting",
            () => ByProfile(starting),
            "{sandbox}",
            "Sandboxes being started."
        );
        _meter.CreateObservableGauge(
            "code_interpreter.runner.executions.waiting",
            waiting,
            "{execution}",
            "Executions that wait for a sandbox."
        );
    }

    public void Taken(SandboxProfile wanted, bool ready) =>
        _taken.Add(1, ProfileTag(wanted), new KeyValuePair<string, object?>("result", ready ? "hit" : "miss"));

    public void Started(SandboxProfile profile, TimeSpan duration) => _startDuration.Record(duration.TotalSeconds, ProfileTag(profile));

    public void StartFailed(SandboxProfile profile) => _startsFailed.Add(1, ProfileTag(profile));

    public void Died(SandboxProfile profile) => _died.Add(1, ProfileTag(profile));

    public void Swept(int count) => _swept.Add(count);

    private static Measurement<int>[] ByProfile(Func<SandboxProfile, int> count) =>
        [.. Profiles.Select(profile => new Measurement<int>(count(profile), ProfileTag(profile)))];

    private static KeyValuePair<string, object?> ProfileTag(SandboxProfile profile) => new("profile", TagValue.Of(profile));
}
