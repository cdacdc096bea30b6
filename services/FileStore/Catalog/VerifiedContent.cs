using System.Security.Cryptography;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>
/// The bytes of a whole file, compared with its SHA-256 before the last of them are given out: a reader that reaches the end has exactly
/// what was stored, even if the disk is damaged.
/// </summary>
internal sealed class VerifiedContent(Stream bytes, StoredFile file, Func<FileStoreException> lost) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => file.FileSize;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = buffer[..(int)Math.Min(buffer.Length, file.FileSize - _position)];
        if (wanted.IsEmpty)
            return 0;

        var count = await bytes.ReadAsync(wanted, cancellationToken);
        if (count == 0)
            throw lost();

        _hash.AppendData(wanted.Span[..count]);
        _position += count;
        return _position < file.FileSize || Convert.ToHexStringLower(_hash.GetHashAndReset()) == file.Sha256 ? count : throw lost();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush() { }

    public override async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await bytes.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            bytes.Dispose();
        }

        base.Dispose(disposing);
    }
}
