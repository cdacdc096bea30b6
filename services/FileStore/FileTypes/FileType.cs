namespace CodeInterpreter.FileStore.FileTypes;

/// <summary>What a file's name says about its content.</summary>
/// <param name="Category">One of <see cref="FileCategory.All"/>.</param>
/// <param name="MimeType">Internet media type.</param>
internal sealed record FileType(string Category, string MimeType)
{
    public static readonly FileType Unknown = new(FileCategory.Other, "application/octet-stream");
}
