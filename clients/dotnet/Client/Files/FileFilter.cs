namespace CodeInterpreter.Client;

/// <summary>Which files to list. What is null does not matter.</summary>
public sealed record FileFilter
{
    /// <summary>Only files that this execution wrote.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Only files from there.</summary>
    public FileSource? Source { get; init; }

    /// <summary>Only files of this category, such as <c>image</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Only files with this text in their name, in upper or lower case.</summary>
    public string? NameContains { get; init; }
}
