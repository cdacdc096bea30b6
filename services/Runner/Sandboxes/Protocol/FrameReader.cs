using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace CodeInterpreter.Runner.Sandboxes.Protocol;

/// <summary>Reads frames from a sandbox. Memory grows with what has arrived, never with what a header announces.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly PipeReader _pipe = PipeReader.Create(
        stream,
        new StreamPipeReaderOptions(bufferSize: Frame.DataBytes + Frame.HeaderBytes, leaveOpen: true)
    );

    private SequencePosition? _endOfLast;

    /// <summary>The next frame; null when the sandbox has closed the channel between two frames.</summary>
    /// <exception cref="SandboxFailedException">The frame is too long, or the channel ended within it.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_endOfLast is { } end)
        {
            _pipe.AdvanceTo(end);
            _endOfLast = null;
        }

        while (true)
        {
            var read = await _pipe.ReadAsync(cancellationToken);
            if (TryParse(read.Buffer, out var frame))
            {
                _endOfLast = frame.Payload.End;
                return frame;
            }

            if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw new SandboxFailedException("The channel ended within a frame.");
            }

            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool TryParse(ReadOnlySequence<byte> buffer, out Frame frame)
    {
        frame = default;
        if (buffer.Length < Frame.HeaderBytes)
            return false;

        Span<byte> header = stackalloc byte[Frame.HeaderBytes];
        buffer.Slice(0, Frame.HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > Frame.MaxPayloadBytes)
            throw new SandboxFailedException($"A frame announces {length} bytes, {Frame.MaxPayloadBytes} are allowed.");
        if (buffer.Length < Frame.HeaderBytes + length)
            return false;

        frame = new Frame((ReportType)header[0], buffer.Slice(Frame.HeaderBytes, length));
        return true;
    }
}
