using System.Buffers;
using System.Text;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Takes the pieces of characters off bytes of UTF-8 that were cut somewhere. Bytes that are no UTF-8 stay.</summary>
internal static class Utf8Cut
{
    private const int LongestCharacter = 4;

    /// <summary>Without a character that has begun at the end.</summary>
    public static ReadOnlySpan<byte> End(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back < LongestCharacter && back <= bytes.Length; back++)
        {
            var start = bytes[^back..];
            if (IsContinuation(start[0]))
                continue;
            return Rune.DecodeFromUtf8(start, out _, out _) == OperationStatus.NeedMoreData ? bytes[..^back] : bytes;
        }

        return bytes;
    }

    /// <summary>Without the rest of a character that began before the start.</summary>
    public static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> bytes)
    {
        var rest = 0;
        while (rest < bytes.Length && IsContinuation(bytes[rest]))
            rest++;
        return rest < LongestCharacter ? bytes[rest..] : bytes;
    }

    /// <summary>Whether it is the beginning of a character, and no more.</summary>
    public static bool IsHalf(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.NeedMoreData && length == bytes.Length;

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
