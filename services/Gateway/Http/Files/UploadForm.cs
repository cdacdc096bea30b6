namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The form of an upload, only for the description of the API. Uploads are streamed and never become an object.</summary>
internal sealed record UploadForm
{
    /// <summary>The owner: 1 to 64 characters of A-Z, a-z, 0-9, _ and -. Must be before the first file.</summary>
    public string? UserId { get; init; }

    /// <summary>One or more files, at most 50 MiB each by default.</summary>
    public required IFormFileCollection File { get; init; }
}
