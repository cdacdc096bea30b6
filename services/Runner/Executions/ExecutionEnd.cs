using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Executions;

/// <summary>How code ended, judged from what the supervisor saw.</summary>
internal sealed record ExecutionEnd(Outcome Outcome, KilledBy? KilledBy, int? ReturnCode, string? Signal, string Message)
{
    private const int SignalBase = 128;
    private const int SigKill = 9;

    /// <summary>Judges an exit report.</summary>
    /// <exception cref="SandboxFailedException">The report contradicts itself.</exception>
    public static ExecutionEnd From(ExitReport exit, SandboxLimits limits)
    {
        if (exit.KilledBy is not null && exit.Signal != SigKill)
            throw new SandboxFailedException("An exit report says that the code was killed, and that it ended in another way.");

        var signal = exit.Signal is { } number ? Signals.NameOf(Within(number, 1, 64)) : null;
        var code = (exit.ExitCode, exit.Signal) switch
        {
            ({ } value, null) => Within(value, 0, 255),
            (null, { } value) => SignalBase + value,
            _ => throw new SandboxFailedException("An exit report needs either an exit code or a signal."),
        };
        var end = Judge(exit, limits, code, signal);
        return exit.OomKills > 0 && end.KilledBy != Contracts.KilledBy.Memory
            ? end with
            {
                Message = $"{end.Message} {OomKilled(exit.OomKills)}".TrimStart(),
            }
            : end;
    }

    private static ExecutionEnd Judge(ExitReport exit, SandboxLimits limits, int code, string? signal) =>
        exit.KilledBy switch
        {
            "wall_time" => new(
                Outcome.TimedOut,
                Contracts.KilledBy.WallTime,
                code,
                signal,
                $"Stopped after {limits.WallTimeSeconds:0.###} s, the wall-time limit."
            ),
            "cpu_time" => new(
                Outcome.TimedOut,
                Contracts.KilledBy.CpuTime,
                code,
                signal,
                $"Stopped after {limits.CpuSeconds:0.###} s of CPU time, the limit."
            ),
            "memory" => new(
                Outcome.OutOfMemory,
                Contracts.KilledBy.Memory,
                code,
                signal,
                "Stopped because it needed more memory than its limit."
            ),
            "output" => new(
                Outcome.OutputLimitExceeded,
                Contracts.KilledBy.Output,
                code,
                signal,
                $"Stopped because it printed more than {limits.OutputKillBytes} bytes."
            ),
            "cancellation" => new(Outcome.Cancelled, Contracts.KilledBy.Cancellation, code, signal, "Stopped because it was cancelled."),
            null when signal is not null => new(Outcome.Signalled, null, code, signal, $"Ended by the signal {signal}."),
            null when code != 0 => new(Outcome.NonZeroExit, null, code, null, $"Ended with exit code {code}."),
            null => new(Outcome.Succeeded, null, code, null, ""),
            _ => throw new SandboxFailedException("An exit report names an unknown cause."),
        };

    private static string OomKilled(long processes) =>
        processes == 1
            ? "The kernel ended one of its processes because the limit of memory was reached."
            : $"The kernel ended {processes} of its processes because the limit of memory was reached.";

    private static int Within(int value, int min, int max) =>
        value >= min && value <= max
            ? value
            : throw new SandboxFailedException($"An exit report has {value} where {min} to {max} is possible.");
}
