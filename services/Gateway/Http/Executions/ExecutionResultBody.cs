using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>How an execution ended and what came out of it. How the code ends is a value, never an HTTP error.</summary>
internal sealed record ExecutionResultBody
{
    /// <summary>Whether the outcome is Succeeded.</summary>
    public required bool Success { get; init; }

    /// <summary>Standard output, or its beginning when it is longer than the limit.</summary>
    [JsonConverter(typeof(LongText))]
    public required string Output { get; init; }

    /// <summary>Standard error; the traceback of an uncaught exception is here.</summary>
    [JsonConverter(typeof(LongText))]
    public required string Error { get; init; }

    /// <summary>Wall-clock time of the code itself, in seconds.</summary>
    public required double ExecutionTime { get; init; }

    /// <summary>Exit code; 128 + signal number for an execution that a signal ended; null when it never ran.</summary>
    public required int? ReturnCode { get; init; }

    /// <summary>The files the code wrote; they can be downloaded and used in further executions until they expire.</summary>
    public required IReadOnlyList<GeneratedFileBody> GeneratedFiles { get; init; }

    /// <summary>The ids of the generated files, in the same order.</summary>
    public required IReadOnlyList<string> GeneratedFileIds { get; init; }

    /// <summary>Entries of the output directory that were not stored, the first 100 of them.</summary>
    public required IReadOnlyList<SkippedFileBody> SkippedFiles { get; init; }

    /// <summary>Number of all entries that were not stored.</summary>
    public required int SkippedFileCount { get; init; }

    /// <summary>
    /// Files that the code left in the temporary and the home directory, the first 20 of them. They are gone: only what is in the working
    /// directory is stored.
    /// </summary>
    public required IReadOnlyList<LeftBehindFileBody> LeftBehind { get; init; }

    /// <summary>How the execution ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Which limit or request stopped it; null when it ended by itself.</summary>
    public required KilledBy? KilledBy { get; init; }

    /// <summary>For people: how it ended, and which files were left behind. Empty when it succeeded and left none.</summary>
    public required string Message { get; init; }

    /// <summary>Name of the signal that ended it, such as SIGSEGV; null when none did.</summary>
    public required string? Signal { get; init; }

    /// <summary>What it used, all of its processes together.</summary>
    public required ResourceUsageBody Usage { get; init; }

    /// <summary>Bytes written to standard output, those left out included.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Bytes written to standard error, those left out included.</summary>
    public required long ErrorBytes { get; init; }

    /// <summary>Whether bytes of standard output were left out, between its beginning and its end.</summary>
    public required bool OutputTruncated { get; init; }

    /// <summary>Whether bytes of standard error were left out.</summary>
    public required bool ErrorTruncated { get; init; }

    /// <summary>The end of standard output, when it was truncated.</summary>
    [JsonConverter(typeof(LongText))]
    public required string OutputTail { get; init; }

    /// <summary>The end of standard error, when it was truncated.</summary>
    [JsonConverter(typeof(LongText))]
    public required string ErrorTail { get; init; }

    /// <summary>The stored file with all of standard output, up to 8 MiB, byte for byte, where the text is not: it was truncated, or is no UTF-8. Null otherwise.</summary>
    public required string? OutputFileId { get; init; }

    /// <summary>The same for standard error.</summary>
    public required string? ErrorFileId { get; init; }

    /// <summary>The uncaught exception that ended the code; null when none did.</summary>
    public required PythonErrorBody? Exception { get; init; }

    /// <summary>The execution's id; its result can be asked for again until it is forgotten, after 48 hours.</summary>
    public required string ExecutionId { get; init; }
}
