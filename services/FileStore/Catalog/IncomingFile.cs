using System.Security.Cryptography;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.FileTypes;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>A file on its way in: its bytes go to the blob store as they come, counted and hashed.</summary>
internal sealed class IncomingFile(NewFile file, BlobKey key, IBlobWriter blob, long maxBytes) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _maxBytes = Math.Min(file.Size ?? maxBytes, maxBytes);
    private readonly byte[] _head = new byte[FileSignature.HeadBytes];
    private long _size;

    public NewFile File { get; } = file;

    /// <summary>The name it gets, which some stores have to know before the first byte.</summary>
    public BlobKey Key { get; } = key;

    public IBlobWriter Blob { get; } = blob;

    /// <summary>The first bytes of what has arrived.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, (int)Math.Min(_size, _head.Length));

    public static FileStoreException TooLarge(long maxBytes) =>
        new(FileError.TooLarge, $"The file is larger than {maxBytes} bytes, the most this store takes.");

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        _size += chunk.Length;
        if (_size > _maxBytes)
        {
            throw File.Size is { } announced ? SizeDiffers(announced) : TooLarge(maxBytes);
        }

        var known = (int)Math.Min(_size - chunk.Length, _head.Length);
        chunk.Span[..Math.Min(chunk.Length, _head.Length - known)].CopyTo(_head.AsSpan(known));
        _hash.AppendData(chunk.Span);
        await Blob.WriteAsync(chunk, cancellationToken);
    }

    /// <summary>Size and SHA-256 of what arrived.</summary>
    /// <exception cref="FileStoreException">It is not what was announced.</exception>
    public (long Size, string Sha256) Verify()
    {
        if (File.Size is { } announced && announced != _size)
        {
            throw SizeDiffers(announced);
        }

        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        return File.Sha256 is null || File.Sha256 == sha256
            ? (_size, sha256)
            : throw new FileStoreException(FileError.ContentDiffers, $"The content has the SHA-256 {sha256}, announced was {File.Sha256}.");
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await Blob.DisposeAsync();
    }

    private FileStoreException SizeDiffers(long announced) =>
        new(
            FileError.ContentDiffers,
            _size > announced
                ? $"More than the announced {announced} bytes arrived."
                : $"{_size} bytes arrived, announced were {announced}."
        );
}
