namespace CodeInterpreter.Contracts;

/// <summary>How an execution ended and what came out of it.</summary>
public sealed record ExecutionResult
{
    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>When the code began; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Which limit or request stopped it; null when it ended by itself.</summary>
    public KilledBy? KilledBy { get; init; }

    /// <summary>Exit code, or 128 + signal number; null when the code never ran.</summary>
    public int? ReturnCode { get; init; }

    /// <summary>Name of the signal that ended it, such as <c>SIGSEGV</c>; null when none did.</summary>
    public string? Signal { get; init; }

    /// <summary>One sentence for people on how it ended; empty when it succeeded.</summary>
    public string Message { get; init; } = "";

    /// <summary>Standard output.</summary>
    public OutputText Output { get; init; } = OutputText.Empty;

    /// <summary>Standard error.</summary>
    public OutputText Error { get; init; } = OutputText.Empty;

    /// <summary>The uncaught exception that ended it; null when none did.</summary>
    public PythonError? Exception { get; init; }

    /// <summary>What it used.</summary>
    public ResourceUsage Usage { get; init; } = ResourceUsage.None;

    /// <summary>The files it wrote, all of them stored.</summary>
    public IReadOnlyList<GeneratedFile> GeneratedFiles { get; init; } = [];

    /// <summary>Entries of the output directory that were not stored, the first 100 of them.</summary>
    public IReadOnlyList<SkippedFile> SkippedFiles { get; init; } = [];

    /// <summary>Number of all entries that were not stored.</summary>
    public int SkippedFileCount { get; init; }

    /// <summary>
    /// Files in the temporary and the home directory, the first 20 of them: they are not stored.
    /// Caches, settings and temporary files with random names are not listed.
    /// </summary>
    public IReadOnlyList<LeftBehindFile> LeftBehind { get; init; } = [];
}
