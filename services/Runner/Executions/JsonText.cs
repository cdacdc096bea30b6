using System.Buffers;
using System.Text.Encodings.Web;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// The size of UTF-8 as a string of JSON: six bytes for a control character, as many for a byte that is no UTF-8. Text that
/// programs print for people takes at most twice its bytes.
/// </summary>
internal static class JsonText
{
    /// <summary>The most bytes that one byte becomes.</summary>
    private const int Growth = 6;

    private const int PieceBytes = 4096;

    // A limit that a request sets so low is meant for what is printed, whatever that is.
    private const long LeastLimit = 64 * 1024;

    /// <summary>The bytes of JSON that a text of at most so many bytes may take.</summary>
    public static long LimitFor(int textBytes) => Math.Max(2L * textBytes, LeastLimit);

    /// <summary>The beginning of the text that takes at most so many bytes.</summary>
    public static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> text, long jsonBytes)
    {
        var (taken, _) = Measure(text, jsonBytes);
        return text[..taken];
    }

    /// <summary>The end of the text that takes at most so many bytes.</summary>
    public static ReadOnlySpan<byte> End(ReadOnlySpan<byte> text, long jsonBytes)
    {
        var (_, all) = Measure(text, long.MaxValue);
        if (all <= jsonBytes)
            return text;

        // The last character that is left out does not fit into what is too much, unless it happens to end there.
        var (taken, left) = Measure(text, all - jsonBytes);
        if (left < all - jsonBytes)
            taken += CharacterBytes(text[taken..]);
        return text[taken..];
    }

    /// <summary>
    /// How many bytes of the text fit into the limit, and their size as JSON. Half a character at the end is not among them unless the
    /// text <paramref name="ends"/> with it.
    /// </summary>
    public static (int Taken, long JsonBytes) Measure(ReadOnlySpan<byte> text, long jsonBytes, bool ends = true)
    {
        Span<byte> json = stackalloc byte[Growth * PieceBytes];
        var (taken, used) = (0, 0L);
        while (taken < text.Length)
        {
            var piece = text.Slice(taken, Math.Min(PieceBytes, text.Length - taken));
            var room = json[..(int)Math.Min(json.Length, jsonBytes - used)];
            var isLast = ends && taken + piece.Length == text.Length;
            var status = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(piece, room, out var consumed, out var written, isLast);
            (taken, used) = (taken + consumed, used + written);
            if (status == OperationStatus.DestinationTooSmall || consumed == 0)
                break;
        }

        return (taken, used);
    }

    private static int CharacterBytes(ReadOnlySpan<byte> text)
    {
        _ = System.Text.Rune.DecodeFromUtf8(text, out _, out var length);
        return length;
    }
}
