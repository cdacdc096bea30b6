using System.Text;

namespace CodeInterpreter.Client;

/// <summary>A file that is in the working directory when the code starts.</summary>
public sealed class InputFile
{
    private InputFile(string? fileId, string? filename, ReadOnlyMemory<byte> content) =>
        (FileId, Filename, Content) = (fileId, filename, content);

    /// <summary>The stored file; null for one that is sent with the request.</summary>
    public string? FileId { get; }

    /// <summary>Its path in the working directory, with <c>/</c> between folders; null for the stored file's own name.</summary>
    public string? Filename { get; }

    /// <summary>The bytes of a file that is sent with the request.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>A stored file of the user.</summary>
    /// <param name="fileId">Its id. Ids that appear in the code need not be given.</param>
    /// <param name="filename">Its path in the working directory; null for its own name.</param>
    public static InputFile FromStore(string fileId, string? filename = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        return new InputFile(fileId, filename, default);
    }

    /// <summary>A small file that is sent with the request: at most 10 of them, with 2 MiB together. Upload larger ones.</summary>
    /// <param name="filename">Its path in the working directory, with <c>/</c> between folders.</param>
    /// <param name="content">Its bytes.</param>
    public static InputFile FromBytes(string filename, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(filename);
        return new InputFile(null, filename, content);
    }

    /// <summary>A small text file, in UTF-8, that is sent with the request.</summary>
    /// <param name="filename">Its path in the working directory, with <c>/</c> between folders.</param>
    /// <param name="text">Its text.</param>
    public static InputFile FromText(string filename, string text) => FromBytes(filename, Encoding.UTF8.GetBytes(text));
}
