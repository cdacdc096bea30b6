namespace CodeInterpreter.FileStore.Blobs;

/// <summary>A blob being written. Disposing it without a commit leaves nothing behind.</summary>
internal interface IBlobWriter : IAsyncDisposable
{
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Makes what was written the blob, all at once.</summary>
    Task CommitAsync(CancellationToken cancellationToken);
}
