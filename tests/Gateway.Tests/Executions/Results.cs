using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>A result in which no two values are alike, so that none can stand in for another.</summary>
internal static class Results
{
    public static readonly DateTimeOffset ExpiresAt = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static ExecutionResult Full { get; } =
        new()
        {
            Outcome = Outcome.TimedOut,
            KilledBy = KilledBy.WallTime,
            ReturnCode = 137,
            Signal = "SIGKILL",
            Message = "Stopped after 1 s.",
            Output = new OutputText("out ü 😀", 11, true, "the end", "u_1_out"),
            Error = new OutputText("err", 22, false),
            Exception = new PythonError("ValueError", "no", [new PythonFrame("main.py", 3, "<module>", "f()")], Truncated: false),
            Usage = new ResourceUsage(1.5, 0.25, 0.125, 4096, 2),
            GeneratedFiles =
            [
                new GeneratedFile
                {
                    FileId = "u_1_a",
                    Filename = "dir/plot.png",
                    Type = "image",
                    MimeType = "image/png",
                    SizeBytes = 33,
                    Sha256 = new string('a', 64),
                    ExpiresAt = ExpiresAt,
                    ModifiedFrom = "u_0_b",
                },
            ],
            SkippedFiles = [new SkippedFile("big.bin", SkipReason.TooLarge, 44, "Larger than 1 byte.")],
            SkippedFileCount = 101,
            LeftBehind = [new LeftBehindFile("/tmp/habit.csv", 55)],
        };
}
