using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CodeInterpreter.Client;

/// <summary>What the client reports of itself. Tags come from closed sets; nothing of a user is in them.</summary>
internal sealed class ClientInstruments
{
    /// <summary>For clients that are made without a container.</summary>
    public static readonly ClientInstruments Shared = new(new Meter(CodeInterpreterTelemetry.MeterName));

    private static readonly ActivitySource Source = new(CodeInterpreterTelemetry.ActivitySourceName);

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _executions;

    public ClientInstruments(Meter meter)
    {
        _duration = meter.CreateHistogram<double>(
            "code_interpreter.client.operation.duration",
            "s",
            "Time of an operation with all of its attempts, by operation and, for one that failed, by error.type."
        );
        _repeated = meter.CreateCounter<long>(
            "code_interpreter.client.attempts.repeated",
            "{attempt}",
            "Attempts after the first one, and connections of streams after the first one, by operation and reason."
        );
        _executions = meter.CreateCounter<long>(
            "code_interpreter.client.executions.finished",
            "{execution}",
            "Executions whose result arrived, by outcome."
        );
    }

    public Operation Begin(string operation) => new(this, operation);

    public void Repeat(string operation, string reason) => _repeated.Add(1, new("operation", operation), new("reason", reason));

    public void Finished(ExecutionResult result)
    {
        _executions.Add(1, new KeyValuePair<string, object?>("outcome", result.Outcome.ToString()));
        Activity.Current?.SetTag("execution.id", result.ExecutionId).SetTag("outcome", result.Outcome.ToString());
    }

    /// <summary>One operation, until it is disposed.</summary>
    internal sealed class Operation(ClientInstruments instruments, string name) : IDisposable
    {
        private readonly Activity? _activity = Source.StartActivity($"code_interpreter {name}", ActivityKind.Client);
        private readonly long _begin = Stopwatch.GetTimestamp();
        private string? _error;

        public void Fail(Exception exception)
        {
            _error = (exception as CodeInterpreterException)?.Reason ?? exception.GetType().Name;
            _activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", _error);
        }

        public void Dispose()
        {
            var tags = new TagList { { "operation", name } };
            if (_error is not null)
                tags.Add("error.type", _error);
            instruments._duration.Record(Stopwatch.GetElapsedTime(_begin).TotalSeconds, tags);
            _activity?.Dispose();
        }
    }
}
