namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The form of an upload, for the API's description only: what comes is streamed and never becomes an object.</summary>
internal sealed record UploadForm
{
    /// <summary>The owner: 1 to 64 characters of A-Z, a-z, 0-9, _ and -. Comes before the first file.</summary>
    public string? UserId { get; init; }

    /// <summary>One or several files, at most 50 MiB each unless the operator says otherwise.</summary>
    public required IFormFileCollection File { get; init; }
}
