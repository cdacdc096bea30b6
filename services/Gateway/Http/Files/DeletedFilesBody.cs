namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The result of removing files.</summary>
internal sealed record DeletedFilesBody
{
    /// <summary>Number of files removed.</summary>
    public required int Deleted { get; init; }
}
