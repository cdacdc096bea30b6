namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>One page of a user's files, newest first.</summary>
internal sealed record FileListBody
{
    /// <summary>The records of the files.</summary>
    public required IReadOnlyList<FileBody> Files { get; init; }

    /// <summary>The page_token for the next page; null on the last page.</summary>
    public required string? NextPageToken { get; init; }
}
