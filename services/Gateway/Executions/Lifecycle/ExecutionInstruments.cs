using System.Diagnostics;
using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Telemetry;
using CodeInterpreter.ServiceDefaults.Telemetry;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>The gateway's metrics of executions. Tags have few values, and none comes from a user.</summary>
internal sealed class ExecutionInstruments
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _finished;
    private readonly Histogram<double> _duration;

    public ExecutionInstruments(IMeterFactory meters, IResultSubscribers subscribers)
    {
        var meter = meters.Create(GatewayTelemetry.Name);
        _accepted = meter.CreateCounter<long>(
            "code_interpreter.gateway.executions.accepted",
            "{execution}",
            "Executions handed to the runners."
        );
        _refused = meter.CreateCounter<long>(
            "code_interpreter.gateway.executions.refused",
            "{execution}",
            "Calls that ended in an error instead of a result, by reason."
        );
        _finished = meter.CreateCounter<long>(
            "code_interpreter.gateway.executions.finished",
            "{execution}",
            "Executions whose result was stored, by outcome."
        );
        _duration = meter.CreateDurationHistogram(
            "code_interpreter.gateway.execution.duration",
            "From acceptance to the answer, as the caller sees it, by outcome."
        );
        meter.CreateObservableGauge(
            "code_interpreter.gateway.calls.waiting",
            () => subscribers.Count,
            "{call}",
            "Calls that wait for their result."
        );
    }

    /// <summary>Adds the id of an execution to the trace.</summary>
    public static void Identify(string executionId) => Activity.Current?.SetTag("execution.id", executionId);

    public void Accepted() => _accepted.Add(1);

    public void Refused(GatewayErrorKind reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", TagValue.Of(reason)));

    public void Finished(Outcome outcome) => _finished.Add(1, OutcomeTag(TagValue.Of(outcome)));

    public void Answered(Outcome outcome, TimeSpan duration)
    {
        var value = TagValue.Of(outcome);
        _duration.Record(duration.TotalSeconds, OutcomeTag(value));
        Activity.Current?.SetTag("outcome", value);
    }

    private static KeyValuePair<string, object?> OutcomeTag(string outcome) => new("outcome", outcome);
}
