using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>The ends of executions that a gateway decides, because no runner does.</summary>
internal static class ExecutionEnds
{
    /// <summary>Its caller cancelled the execution before a runner started it.</summary>
    public static ExecutionFinished Cancelled(ExecutionRecord execution, DateTimeOffset now) =>
        Unstarted(
            execution,
            now,
            new ExecutionResult
            {
                Outcome = Outcome.Cancelled,
                KilledBy = KilledBy.Cancellation,
                Message = "The execution was cancelled before it was started.",
            }
        );

    /// <summary>No runner started the execution within the queue timeout.</summary>
    public static ExecutionFinished QueueTimedOut(ExecutionRecord execution, DateTimeOffset now) =>
        Unstarted(
            execution,
            now,
            new ExecutionResult
            {
                Outcome = Outcome.TimedOut,
                KilledBy = KilledBy.WallTime,
                Message = "The execution was not started: no runner was free before its queue timeout.",
            }
        );

    /// <summary>No result can arrive any more. The end is the same, whichever replica finds this out, and whenever.</summary>
    public static ExecutionFinished Lost(ExecutionRecord execution) =>
        Lost(
            execution.ExecutionId,
            execution.UserId,
            execution.LostAt,
            "The execution was lost: it had no result long after its deadline. It is not run again."
        );

    /// <summary>The broker gave the execution up: each runner that received it was lost.</summary>
    public static ExecutionFinished LostWithRunners(ExecuteCode command, DateTimeOffset now) =>
        Lost(command.ExecutionId, command.UserId, now, "The runners that received the execution were lost. It is not run again.") with
        {
            Proof = command.Proof,
        };

    /// <summary>How the execution ended, without output and files, for a result that the database cannot store.</summary>
    public static ExecutionFinished WithoutContent(ExecutionFinished finished) =>
        finished with
        {
            Result = new ExecutionResult
            {
                Outcome = finished.Result.Outcome,
                StartedAt = finished.Result.StartedAt,
                KilledBy = finished.Result.KilledBy,
                ReturnCode = finished.Result.ReturnCode,
                Usage = finished.Result.Usage,
                Message = "The result could not be stored: the output and the names of the files are missing.",
            },
        };

    private static ExecutionFinished Unstarted(ExecutionRecord execution, DateTimeOffset now, ExecutionResult result) =>
        new()
        {
            ExecutionId = execution.ExecutionId,
            UserId = execution.UserId,
            RunnerId = "",
            Sequence = EventSequence.Accepted + 1,
            FinishedAt = now,
            Result = result,
        };

    private static ExecutionFinished Lost(string executionId, string userId, DateTimeOffset finishedAt, string message) =>
        new()
        {
            ExecutionId = executionId,
            UserId = userId,
            RunnerId = "",
            FinishedAt = finishedAt,
            Result = new ExecutionResult
            {
                Outcome = Outcome.RunnerLost,
                KilledBy = KilledBy.Runner,
                Message = message,
            },
        };
}
