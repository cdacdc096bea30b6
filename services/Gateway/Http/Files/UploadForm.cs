namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The form of an upload. Each part with a file name is a file. A part `user_id` before them may name the owner.</summary>
// Only for the description of the API: uploads are streamed and never become an object. Generators of clients cannot tell a field from a
// parameter of the same name, so the owner is only a parameter here.
internal sealed record UploadForm
{
    /// <summary>One or more files, at most 50 MiB each by default.</summary>
    public required IReadOnlyList<Stream> File { get; init; }
}
