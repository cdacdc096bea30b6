namespace CodeInterpreter.Runner.Executions;

/// <summary>The last bytes of a stream.</summary>
internal sealed class TailBuffer(int capacity)
{
    private readonly byte[] _ring = new byte[capacity];
    private long _written;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var skipped = Math.Max(0, bytes.Length - capacity);
        _written += skipped;
        for (var rest = bytes[skipped..]; !rest.IsEmpty; )
        {
            var place = (int)(_written % capacity);
            var piece = rest[..Math.Min(rest.Length, capacity - place)];
            piece.CopyTo(_ring.AsSpan(place));
            _written += piece.Length;
            rest = rest[piece.Length..];
        }
    }

    /// <summary>What was written last, in order.</summary>
    public byte[] ToArray()
    {
        var place = (int)(_written % capacity);
        return _written <= capacity ? _ring[..(int)_written] : [.. _ring[place..], .. _ring[..place]];
    }
}
