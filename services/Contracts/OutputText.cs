using System.Text.Json.Serialization;

namespace CodeInterpreter.Contracts;

/// <summary>What an execution printed to one stream, as far as it was kept: all of it, or its beginning and its end.</summary>
/// <param name="Text">
/// The text, or its beginning; invalid UTF-8 is replaced by U+FFFD, and no character is cut in two. With <paramref name="Tail"/> it takes
/// at most twice the limit of the stream as JSON, but 64 KiB at least.
/// </param>
/// <param name="TotalBytes">Bytes printed, those left out included.</param>
/// <param name="Truncated">Whether bytes between <paramref name="Text"/> and <paramref name="Tail"/> were left out.</param>
/// <param name="Tail">The end of what was printed, when bytes were left out.</param>
/// <param name="FileId">The file that has all of it, byte for byte, or all up to its own limit; null where the text has each byte.</param>
public sealed record OutputText(
    [property: JsonConverter(typeof(LongText))] string Text,
    long TotalBytes,
    bool Truncated,
    [property: JsonConverter(typeof(LongText))] string Tail = "",
    string? FileId = null
)
{
    /// <summary>Nothing was printed.</summary>
    public static readonly OutputText Empty = new("", 0, false);
}
