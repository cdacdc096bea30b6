using System.Buffers;
using System.Text;

namespace CodeInterpreter.Discord.Platform.Http;

/// <summary>The body of a call behind the timestamp that was signed with it.</summary>
/// <param name="Bytes">Both.</param>
/// <param name="TimestampLength">The length of the timestamp in bytes.</param>
internal sealed record SignedBody(ReadOnlyMemory<byte> Bytes, int TimestampLength)
{
    /// <summary>Interactions have a few kilobytes; a message command brings a message of at most some ten.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private const int FirstBytes = 8 * 1024;

    /// <summary>The body alone.</summary>
    public ReadOnlyMemory<byte> Body => Bytes[TimestampLength..];

    /// <summary>Reads a body; null where it is too long.</summary>
    public static async Task<SignedBody?> ReadAsync(string timestamp, Stream body, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>(FirstBytes);
        Encoding.ASCII.GetBytes(timestamp, bytes);
        while (await body.ReadAsync(bytes.GetMemory(FirstBytes), cancellationToken) is var read and > 0)
        {
            bytes.Advance(read);
            if (bytes.WrittenCount - timestamp.Length > MaxBodyBytes)
                return null;
        }

        return new SignedBody(bytes.WrittenMemory, timestamp.Length);
    }
}
