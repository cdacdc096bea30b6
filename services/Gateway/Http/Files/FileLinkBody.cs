namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>A link to a file.</summary>
internal sealed record FileLinkBody
{
    /// <summary>Where anybody who has it downloads the file. Treat it like the file itself.</summary>
    public required string Url { get; init; }

    /// <summary>From this moment on the link is no good: at the latest when the file is gone.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
