using System.Buffers;
using System.Buffers.Binary;

namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>Writes frames to a sandbox. Not for several callers at once.</summary>
internal sealed class FrameWriter(Stream stream)
{
    private readonly ArrayBufferWriter<byte> _frames = new();

    /// <summary>
    /// With <paramref name="more"/> to come the frame may wait for it: each write wakes everyone on the way to the sandbox.
    /// </summary>
    public async Task WriteAsync(CommandType type, ReadOnlyMemory<byte> payload, bool more, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, Frame.MaxPayloadBytes);
        var header = _frames.GetSpan(Frame.HeaderBytes);
        header[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], payload.Length);
        _frames.Advance(Frame.HeaderBytes);
        _frames.Write(payload.Span);
        if (more && _frames.WrittenCount < Frame.DataBytes)
            return;

        try
        {
            await stream.WriteAsync(_frames.WrittenMemory, cancellationToken);
        }
        finally
        {
            _frames.ResetWrittenCount();
        }
    }
}
