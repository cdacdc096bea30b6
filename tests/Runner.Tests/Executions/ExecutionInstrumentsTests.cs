using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ExecutionInstrumentsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly IMeterFactory _meters = TestMeters.Create();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task Execution_IsMeasuredOnceByOutcomeAndStage()
    {
        using var duration = _meters.Collect<double>("execution.duration");
        using var stages = _meters.Collect<double>("stage.duration");
        using var queueTime = _meters.Collect<double>("execution.queue_time");
        using var busy = _meters.Collect<int>("slots.busy");

        await ExecuteAsync(('S', "{}"), ('X', ExitReports.Silent), ('Z', """{"files":0,"skipped":0}"""));

        duration.TagsOf("outcome").ShouldBe(["succeeded"]);
        stages.TagsOf("stage").ShouldBe(["sandbox.take", "inputs.stage", "code.run", "harvest"]);
        queueTime.GetMeasurementSnapshot().ShouldHaveSingleItem().Value.ShouldBe(3);
        busy.GetMeasurementSnapshot().Select(change => change.Value).ShouldBe([1, -1]);
    }

    [Fact]
    public async Task SkippedEntries_AreCountedByReasonAlsoUnreportedOnes()
    {
        using var skipped = _meters.Collect<long>("files.skipped");

        await ExecuteAsync(
            ('S', "{}"),
            ('X', ExitReports.Silent),
            ('N', """{"path":"secret","reason":"too_many","size":1}"""),
            ('Z', """{"files":0,"skipped":5}""")
        );

        skipped
            .GetMeasurementSnapshot()
            .ToDictionary(count => count.Tags["reason"]!, count => count.Value)
            .ShouldBe(new Dictionary<object, long> { ["too_many"] = 1, ["unreported"] = 4 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Execution_IsOneTraceWithoutContentOfTheUser()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RunnerTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var delivery = new Activity("delivery").Start();

        await ExecuteAsync(
            ('S', "{}"),
            ('O', "secret"),
            ('X', ExitReports.Silent.Replace("\"stdout_bytes\":0", "\"stdout_bytes\":6")),
            ('Z', """{"files":0,"skipped":0}""")
        );

        var ours = spans.Where(span => span.TraceId == delivery.TraceId).ToList();
        ours.Select(span => span.OperationName).ShouldBe(["sandbox.take", "inputs.stage", "code.run", "harvest"]);
        ours.ShouldAllBe(span => span.ParentSpanId == delivery.SpanId);
        ours.SelectMany(span => span.TagObjects).ShouldBeEmpty();
        delivery.TagObjects.ShouldBe([new("execution.id", "execution"), new("outcome", "succeeded")]);
    }

    private Task<ExecutionResult> ExecuteAsync(params (char, string)[] script) =>
        TestPipeline.ExecuteAsync(
            new ExecuteCode
            {
                ExecutionId = "execution",
                UserId = "user",
                Code = "print('secret')",
                WallTimeSeconds = 1,
                AcceptedAt = _time.GetUtcNow().AddSeconds(-3),
                Deadline = _time.GetUtcNow().AddMinutes(1),
            },
            new ScriptedEngine(script),
            _time,
            _meters
        );
}
