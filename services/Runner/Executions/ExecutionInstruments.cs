using System.Diagnostics;
using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Settings;
using CodeInterpreter.Runner.Telemetry;
using CodeInterpreter.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>What the runner measures of its executions. Tags come from closed sets; nothing of a user is in them.</summary>
internal sealed class ExecutionInstruments
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _queueTime;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _stageDuration;
    private readonly UpDownCounter<int> _busySlots;
    private readonly Counter<long> _deferred;
    private readonly Counter<long> _filesHarvested;
    private readonly Counter<long> _bytesHarvested;
    private readonly Counter<long> _filesSkipped;

    public ExecutionInstruments(IMeterFactory meters, IOptions<RunnerOptions> options, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(RunnerTelemetry.Name);
        var slots = options.Value.Slots;
        _queueTime = meter.CreateDurationHistogram(
            "code_interpreter.runner.execution.queue_time",
            "From acceptance until a runner took the execution up."
        );
        _duration = meter.CreateDurationHistogram(
            "code_interpreter.runner.execution.duration",
            "From taking an execution up to its result, by outcome."
        );
        _stageDuration = meter.CreateDurationHistogram("code_interpreter.runner.stage.duration", "The stages of an execution.");
        _busySlots = meter.CreateUpDownCounter<int>("code_interpreter.runner.slots.busy", "{slot}", "Slots with an execution in them.");
        meter.CreateObservableGauge(
            "code_interpreter.runner.slots.limit",
            () => slots,
            "{slot}",
            "Executions this runner takes at the same time."
        );
        _deferred = meter.CreateCounter<long>(
            "code_interpreter.runner.executions.deferred",
            "{execution}",
            "Executions that were deferred, because their user already had a fair share."
        );
        _filesHarvested = meter.CreateCounter<long>(
            "code_interpreter.runner.files.harvested",
            "{file}",
            "Files taken out of sandboxes and stored."
        );
        _bytesHarvested = meter.CreateCounter<long>("code_interpreter.runner.harvested", "By", "Bytes of the files that were harvested.");
        _filesSkipped = meter.CreateCounter<long>(
            "code_interpreter.runner.files.skipped",
            "{file}",
            "Entries left in sandboxes, by reason."
        );
    }

    /// <summary>An execution is taken up; it occupies a slot until the returned object is disposed.</summary>
    public Slot Occupy(ExecuteCode command)
    {
        var waited = _time.GetUtcNow() - command.AcceptedAt;
        // The clocks of two machines differ.
        _queueTime.Record(Math.Max(0, waited.TotalSeconds));
        Activity.Current?.SetTag("execution.id", command.ExecutionId);
        return new Slot(this);
    }

    /// <summary>An execution was moved to the deferred queue.</summary>
    public void Deferred() => _deferred.Add(1);

    /// <summary>Begins a stage; disposing what is returned ends it, however it went.</summary>
    public Stage Begin(string stage) => new(this, stage);

    private void Finish(ExecutionResult result, TimeSpan duration)
    {
        var outcome = TagValue.Of(result.Outcome);
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        Activity.Current?.SetTag("outcome", outcome);
        _filesHarvested.Add(result.GeneratedFiles.Count);
        _bytesHarvested.Add(result.GeneratedFiles.Sum(file => file.SizeBytes));
        foreach (var skipped in result.SkippedFiles)
            Skip(1, TagValue.Of(skipped.Reason));
        if (result.SkippedFileCount > result.SkippedFiles.Count)
            Skip(result.SkippedFileCount - result.SkippedFiles.Count, "unreported");
    }

    private void Skip(int count, string reason) => _filesSkipped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>The slot of one execution.</summary>
    internal sealed class Slot : IDisposable
    {
        private readonly ExecutionInstruments _instruments;
        private readonly long _began;

        public Slot(ExecutionInstruments instruments)
        {
            _instruments = instruments;
            _began = instruments._time.GetTimestamp();
            instruments._busySlots.Add(1);
        }

        /// <summary>Counts the result and hands it on.</summary>
        public ExecutionResult Finish(ExecutionResult result)
        {
            _instruments.Finish(result, _instruments._time.GetElapsedTime(_began));
            return result;
        }

        public void Dispose() => _instruments._busySlots.Add(-1);
    }

    /// <summary>A stage under way: a span, and an entry in the histogram.</summary>
    internal readonly struct Stage(ExecutionInstruments instruments, string stage) : IDisposable
    {
        private readonly Activity? _span = RunnerTelemetry.Activities.StartActivity(stage);
        private readonly long _began = instruments._time.GetTimestamp();

        public void Dispose()
        {
            instruments._stageDuration.Record(
                instruments._time.GetElapsedTime(_began).TotalSeconds,
                new KeyValuePair<string, object?>("stage", stage)
            );
            _span?.Dispose();
        }
    }
}
