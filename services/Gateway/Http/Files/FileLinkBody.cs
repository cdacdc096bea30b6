namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>A link to a file.</summary>
internal sealed record FileLinkBody
{
    /// <summary>The address. Anyone who has it can download the file, so treat it like the file itself.</summary>
    public required string Url { get; init; }

    /// <summary>When the link expires, at the latest together with the file.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
