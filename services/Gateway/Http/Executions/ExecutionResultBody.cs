using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Http.Json;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>The result of an execution. Failing code is a value, never an HTTP error.</summary>
internal sealed record ExecutionResultBody
{
    /// <summary>Whether the outcome is Succeeded.</summary>
    public required bool Success { get; init; }

    /// <summary>Standard output, or its beginning if it is longer than the limit.</summary>
    [JsonConverter(typeof(LongText))]
    public required string Output { get; init; }

    /// <summary>Standard error; the traceback of an uncaught exception is here.</summary>
    [JsonConverter(typeof(LongText))]
    public required string Error { get; init; }

    /// <summary>Wall-clock time of the code itself, in seconds.</summary>
    public required double ExecutionTime { get; init; }

    /// <summary>Exit code; 128 + signal number if a signal ended the code; null if it never ran.</summary>
    public required int? ReturnCode { get; init; }

    /// <summary>The files that the code wrote. They can be downloaded, and used by other executions, until they expire.</summary>
    public required IReadOnlyList<GeneratedFileBody> GeneratedFiles { get; init; }

    /// <summary>The ids of the generated files, in the same order.</summary>
    public required IReadOnlyList<string> GeneratedFileIds { get; init; }

    /// <summary>Entries of the output directory that were not stored, the first 100 of them.</summary>
    public required IReadOnlyList<SkippedFileBody> SkippedFiles { get; init; }

    /// <summary>Number of all entries that were not stored.</summary>
    public required int SkippedFileCount { get; init; }

    /// <summary>
    /// Files that the code left in the temporary and the home directory, the first 20 of them. They were not kept: only files in the
    /// working
    /// directory are stored.
    /// </summary>
    public required IReadOnlyList<LeftBehindFileBody> LeftBehind { get; init; }

    /// <summary>How the execution ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The limit or request that stopped it; null if it ended on its own.</summary>
    public required KilledBy? KilledBy { get; init; }

    /// <summary>For people: how it ended, and which files were left behind. Empty when it succeeded and left none.</summary>
    public required string Message { get; init; }

    /// <summary>Name of the signal that ended it, such as SIGSEGV; null if none did.</summary>
    public required string? Signal { get; init; }

    /// <summary>The resources that all of its processes used together.</summary>
    public required ResourceUsageBody Usage { get; init; }

    /// <summary>Bytes written to standard output, including those left out.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Bytes written to standard error, including those left out.</summary>
    public required long ErrorBytes { get; init; }

    /// <summary>Whether bytes of standard output were left out, between its beginning and its end.</summary>
    public required bool OutputTruncated { get; init; }

    /// <summary>Whether bytes of standard error were left out.</summary>
    public required bool ErrorTruncated { get; init; }

    /// <summary>The end of standard output, if it was truncated.</summary>
    [JsonConverter(typeof(LongText))]
    public required string OutputTail { get; init; }

    /// <summary>The end of standard error, if it was truncated.</summary>
    [JsonConverter(typeof(LongText))]
    public required string ErrorTail { get; init; }

    /// <summary>
    /// The id of a stored file with the whole standard output, up to 8 MiB, if the text is not exact: it was truncated, or was not UTF-8.
    /// Null otherwise.
    /// </summary>
    [RegularExpression(Patterns.FileId)]
    public required string? OutputFileId { get; init; }

    /// <summary>The same for standard error.</summary>
    [RegularExpression(Patterns.FileId)]
    public required string? ErrorFileId { get; init; }

    /// <summary>The uncaught exception that ended the code; null if none did.</summary>
    public required PythonErrorBody? Exception { get; init; }

    /// <summary>The execution's id; get its result again with it, for 48 hours.</summary>
    [RegularExpression(Patterns.ExecutionId)]
    public required string ExecutionId { get; init; }
}
