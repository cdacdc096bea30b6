namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>What a removal of files came to.</summary>
internal sealed record DeletedFilesBody
{
    /// <summary>Number of files removed.</summary>
    public required int Deleted { get; init; }
}
