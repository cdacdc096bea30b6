namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>One page of a user's files, newest first.</summary>
internal sealed record FileListBody
{
    /// <summary>Their records.</summary>
    public required IReadOnlyList<FileBody> Files { get; init; }

    /// <summary>What to send as page_token for the next page; null on the last one.</summary>
    public required string? NextPageToken { get; init; }
}
