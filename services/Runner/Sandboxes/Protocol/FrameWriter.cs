using System.Buffers;
using System.Buffers.Binary;

namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>Writes frames to a sandbox, each with one write. Not for several callers at once.</summary>
internal sealed class FrameWriter(Stream stream)
{
    public async Task WriteAsync(CommandType type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, Frame.MaxPayloadBytes);
        var length = Frame.HeaderBytes + payload.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            buffer[0] = (byte)type;
            BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(1), payload.Length);
            payload.CopyTo(buffer.AsMemory(Frame.HeaderBytes));
            await stream.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
