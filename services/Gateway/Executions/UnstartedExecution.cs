using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>The ends of executions that a gateway ends itself, as no runner has started them.</summary>
internal static class UnstartedExecution
{
    /// <summary>Its caller cancelled it first.</summary>
    public static ExecutionFinished Cancelled(ExecutionRecord execution, DateTimeOffset now) =>
        Finish(
            execution,
            now,
            new ExecutionResult
            {
                Outcome = Outcome.Cancelled,
                KilledBy = KilledBy.Cancellation,
                Message = "The execution was cancelled before it was started.",
            }
        );

    /// <summary>It has waited for a runner as long as it may.</summary>
    public static ExecutionFinished TimedOut(ExecutionRecord execution, DateTimeOffset now) =>
        Finish(
            execution,
            now,
            new ExecutionResult
            {
                Outcome = Outcome.TimedOut,
                KilledBy = KilledBy.WallTime,
                Message = "The execution waited longer for a runner than it may; it was not started.",
            }
        );

    private static ExecutionFinished Finish(ExecutionRecord execution, DateTimeOffset now, ExecutionResult result) =>
        new()
        {
            ExecutionId = execution.ExecutionId,
            UserId = execution.UserId,
            RunnerId = "",
            Sequence = EventSequence.Accepted + 1,
            FinishedAt = now,
            Result = result,
        };
}
