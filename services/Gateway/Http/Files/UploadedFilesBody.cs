namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>The files that were stored.</summary>
internal sealed record UploadedFilesBody
{
    /// <summary>The records of the files, in the order of the request's parts.</summary>
    public required IReadOnlyList<FileBody> Files { get; init; }
}
