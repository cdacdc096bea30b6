using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Executions;

/// <summary>What is known of a running execution. Whatever happens next, the result has everything up to here.</summary>
internal sealed class ExecutionProgress(SandboxLimits limits, int textBytes, int outputFileBytes, OutputBudget budget) : IDisposable
{
    private const string InputOverflowed = "Its input was ended early: more came than may wait for the code to read it.";

    private const string OutputEndsEarly =
        "The file of its output ends early: all executions together printed more than the runner keeps at a time.";

    private const int NamedLeftFiles = 3;

    private ExitReport? _exit;
    private ExecutionEnd? _end;

    public OutputCapture Output { get; } = new(textBytes, Math.Max(textBytes, outputFileBytes), limits.OutputBytes, budget);

    public OutputCapture Error { get; } = new(textBytes, Math.Max(textBytes, outputFileBytes), limits.OutputBytes, budget);

    public Harvest Harvest { get; } = new();

    /// <summary>The file with all of the standard output, where its text does not have each byte.</summary>
    public string? OutputFileId { get; set; }

    /// <summary>The same for standard error.</summary>
    public string? ErrorFileId { get; set; }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }

    /// <summary>The code has ended.</summary>
    public void Exited(ExitReport exit)
    {
        if (exit.Exception is { } exception)
            UncaughtException.Check(exception);
        _end = ExecutionEnd.From(exit, limits);
        _exit = exit;
    }

    /// <summary>The result of an execution that ended; it says when the code did not get all of its input.</summary>
    public ExecutionResult Complete(bool inputOverflowed)
    {
        var end = _end ?? throw new InvalidOperationException("The code has not ended.");
        return Result(inputOverflowed ? end with { Message = $"{end.Message} {InputOverflowed}".TrimStart() } : end);
    }

    /// <summary>The result of an execution whose sandbox had to be destroyed to stop it.</summary>
    public ExecutionResult Cancel() =>
        Result(
            new ExecutionEnd(Outcome.Cancelled, KilledBy.Cancellation, _end?.ReturnCode, _end?.Signal, "Stopped because it was cancelled.")
        );

    /// <summary>
    /// The result of an execution whose sandbox broke. Where the code had ended before, its exit code stands: only the
    /// harvest is incomplete. It still does not count as a success.
    /// </summary>
    public ExecutionResult Abandon(string message) =>
        Result(
            _end is null
                ? new ExecutionEnd(Outcome.SandboxFailed, KilledBy.Runner, null, null, message)
                : _end with
                {
                    Outcome = Outcome.SandboxFailed,
                    KilledBy = KilledBy.Runner,
                    Message = message,
                }
        );

    /// <summary>The result of an execution whose sandbox ran out of memory, with everything received before.</summary>
    public ExecutionResult RunOutOfMemory() =>
        Result(
            new ExecutionEnd(
                Outcome.OutOfMemory,
                KilledBy.Memory,
                _end?.ReturnCode,
                _end?.Signal,
                _end is null
                    ? "Stopped with its sandbox because it needed more memory than its limit."
                    : "Its sandbox ran out of memory before all files had come; what is not listed is lost."
            )
        );

    private ExecutionResult Result(ExecutionEnd end) =>
        new()
        {
            Outcome = end.Outcome,
            KilledBy = end.KilledBy,
            ReturnCode = end.ReturnCode,
            Signal = end.Signal,
            Message = MessageOf(end),
            Output = TextOf(Output, _exit?.StdoutBytes) with { FileId = OutputFileId },
            Error = TextOf(Error, _exit?.StderrBytes) with { FileId = ErrorFileId },
            Exception = _exit?.Exception is { } exception && end.ReturnCode != 0 ? UncaughtException.From(exception) : null,
            Usage = _exit is null ? ResourceUsage.None : UsageOf(_exit),
            GeneratedFiles = Harvest.GeneratedFiles,
            SkippedFiles = Harvest.SkippedFiles,
            SkippedFileCount = Harvest.SkippedFileCount,
            LeftBehind = Harvest.LeftBehind,
        };

    private string MessageOf(ExecutionEnd end)
    {
        var early = Output.IsOverBudget || Error.IsOverBudget ? OutputEndsEarly : "";
        string[] sentences = [end.Message, early, LeftFiles(Harvest.LeftBehind)];
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    private static string LeftFiles(IReadOnlyList<LeftBehindFile> files)
    {
        if (files.Count == 0)
            return "";
        var others = files.Count - NamedLeftFiles;
        var more = others > 0 ? $" and {others} more" : "";
        return $"Files outside /mnt/data are not kept: {string.Join(", ", files.Take(NamedLeftFiles).Select(file => file.Path))}{more}.";
    }

    private static OutputText TextOf(OutputCapture capture, long? totalBytes) =>
        totalBytes is { } total ? capture.ToText(total) : capture.ToText();

    private static ResourceUsage UsageOf(ExitReport exit) =>
        new(
            Sane(exit.WallSeconds),
            Sane(exit.CpuUserSeconds),
            Sane(exit.CpuSystemSeconds),
            Math.Max(0, exit.PeakMemoryBytes),
            Math.Max(0, exit.OomKills)
        );

    private static double Sane(double seconds) => double.IsFinite(seconds) ? Math.Max(0, seconds) : 0;
}
