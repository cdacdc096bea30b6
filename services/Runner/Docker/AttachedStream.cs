using System.Runtime.InteropServices;
using Docker.DotNet;

namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// The attached streams of a container as one: writing goes to its standard input, reading comes from its standard
/// output. Standard error is the supervisor's own and is dropped.
/// </summary>
internal sealed class AttachedStream(MultiplexedStream attached) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!MemoryMarshal.TryGetArray<byte>(buffer, out var segment))
            throw new NotSupportedException("Only memory that is backed by an array can be read into.");

        while (true)
        {
            var read = await attached.ReadOutputAsync(segment.Array!, segment.Offset, segment.Count, cancellationToken);
            if (read.EOF)
                return 0;
            if (read.Target == MultiplexedStream.TargetStream.StandardOut)
                return read.Count;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!MemoryMarshal.TryGetArray(buffer, out var segment))
            segment = new ArraySegment<byte>(buffer.ToArray());
        await attached.WriteAsync(segment.Array!, segment.Offset, segment.Count, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            attached.Dispose();
        base.Dispose(disposing);
    }
}
