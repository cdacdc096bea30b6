using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>An entry of the output directory that was not stored.</summary>
internal sealed record SkippedFileBody
{
    /// <summary>Path relative to the output directory.</summary>
    public required string Path { get; init; }

    /// <summary>Why it was not stored.</summary>
    public required SkipReason Reason { get; init; }

    /// <summary>Size in bytes; 0 if it has none.</summary>
    public required long Size { get; init; }

    /// <summary>One sentence about the reason, with the limit if there is one.</summary>
    public required string Detail { get; init; }
}
