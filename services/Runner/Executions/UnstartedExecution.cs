using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Executions;

/// <summary>The results of executions whose code was not started.</summary>
internal static class UnstartedExecution
{
    /// <summary>Its caller cancelled it first.</summary>
    public static ExecutionResult NeverStarted() =>
        new()
        {
            Outcome = Outcome.Cancelled,
            KilledBy = KilledBy.Cancellation,
            Message = "The execution was cancelled before it was started.",
        };

    /// <summary>It may not read its inputs.</summary>
    public static ExecutionResult NotGranted() =>
        new()
        {
            Outcome = Outcome.SandboxFailed,
            KilledBy = KilledBy.Runner,
            Message = "The file store does not let this execution read its input files; the code was not started.",
        };

    /// <summary>Its memory is too small for the interpreter.</summary>
    public static ExecutionResult TooSmall() =>
        new()
        {
            Outcome = Outcome.OutOfMemory,
            KilledBy = KilledBy.Memory,
            Message = "The interpreter alone needs more memory than its limit; the code was not started.",
        };

    /// <summary>It is in a language that there is not.</summary>
    public static ExecutionResult UnknownLanguage() =>
        new()
        {
            Outcome = Outcome.SandboxFailed,
            KilledBy = KilledBy.Runner,
            Message = $"Its language is none of {string.Join(", ", Languages.All)}; the code was not started.",
        };

    /// <summary>Its inputs are too large for the sandbox.</summary>
    public static ExecutionResult InputsTooLarge() =>
        new()
        {
            Outcome = Outcome.OutOfMemory,
            KilledBy = KilledBy.Memory,
            Message = "The input files do not fit into the working directory of the sandbox; the code was not started.",
        };

    /// <summary>The file store has lost the content of one of its inputs.</summary>
    public static ExecutionResult InputLost(string filename) =>
        new()
        {
            Outcome = Outcome.InputLost,
            KilledBy = KilledBy.Runner,
            Message = $"The content of the input file '{filename}' is lost; upload it again. The code was not started.",
        };

    /// <summary>There was no runner or sandbox for it in time.</summary>
    public static ExecutionResult TooLate() =>
        new()
        {
            Outcome = Outcome.TimedOut,
            KilledBy = KilledBy.WallTime,
            Message = "The execution waited longer for a runner than it may; it was not started.",
        };
}
