namespace CodeInterpreter.Client;

/// <summary>How code ended, what it printed, and the files that it wrote.</summary>
public sealed record ExecutionResult
{
    /// <summary>The execution's id.</summary>
    public string ExecutionId { get; init; } = "";

    /// <summary>How the code ended.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Whether the outcome is <see cref="Outcome.Succeeded"/>.</summary>
    public bool Success => Outcome == Outcome.Succeeded;

    /// <summary>What stopped the code, if anything.</summary>
    public KilledBy KilledBy { get; init; }

    /// <summary>One sentence for people on how the code ended; empty when it succeeded.</summary>
    public string Message { get; init; } = "";

    /// <summary>Standard output, or its beginning where it is longer than the limit; bytes that are not UTF-8 are replaced.</summary>
    public string Output { get; init; } = "";

    /// <summary>Standard error, treated alike; the traceback of an uncaught exception is here.</summary>
    public string Error { get; init; } = "";

    /// <summary>The end of standard output, where it was truncated.</summary>
    public string OutputTail { get; init; } = "";

    /// <summary>The end of standard error, where it was truncated.</summary>
    public string ErrorTail { get; init; } = "";

    /// <summary>Bytes written to standard output, those left out included.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Bytes written to standard error, those left out included.</summary>
    public long ErrorBytes { get; init; }

    /// <summary>Whether <see cref="Output"/> is not all of standard output.</summary>
    public bool OutputTruncated { get; init; }

    /// <summary>Whether <see cref="Error"/> is not all of standard error.</summary>
    public bool ErrorTruncated { get; init; }

    /// <summary>
    /// The stored file with the bytes of standard output, up to 8 MiB, where <see cref="Output"/> does not have them all.
    /// </summary>
    public string? OutputFileId { get; init; }

    /// <summary>The same for standard error.</summary>
    public string? ErrorFileId { get; init; }

    /// <summary>Exit code; 128 and the signal's number for code that a signal ended; null where the code never ran.</summary>
    public int? ReturnCode { get; init; }

    /// <summary>Name of the signal that ended the code, such as <c>SIGSEGV</c>; null where none did.</summary>
    public string? Signal { get; init; }

    /// <summary>Wall-clock time of the code.</summary>
    public TimeSpan ExecutionTime { get; init; }

    /// <summary>What it used.</summary>
    public ResourceUsage Usage { get; init; } = new();

    /// <summary>The uncaught Python exception that ended the code; null where none did.</summary>
    public PythonError? Exception { get; init; }

    /// <summary>The files that the code wrote and the service stored.</summary>
    public IReadOnlyList<GeneratedFile> GeneratedFiles { get; init; } = [];

    /// <summary>The first 100 files that were not stored.</summary>
    public IReadOnlyList<SkippedFile> SkippedFiles { get; init; } = [];

    /// <summary>Number of all files that were not stored.</summary>
    public int SkippedFileCount { get; init; }

    /// <summary>The first 20 files that the code left outside of the working directory, where they are not stored.</summary>
    public IReadOnlyList<LeftBehindFile> LeftBehind { get; init; } = [];

    /// <summary>The stored file with that name.</summary>
    /// <param name="filename">Its path in the working directory.</param>
    /// <returns>The file, or null where the code did not write it.</returns>
    public GeneratedFile? FindFile(string filename) => GeneratedFiles.FirstOrDefault(file => file.Filename == filename);

    /// <summary>Throws unless the code succeeded.</summary>
    /// <returns>This result.</returns>
    /// <exception cref="ExecutionFailedException">The code did not succeed; the exception has this result.</exception>
    public ExecutionResult EnsureSucceeded() => Success ? this : throw new ExecutionFailedException(this);
}
