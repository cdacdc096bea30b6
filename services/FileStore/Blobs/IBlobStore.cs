namespace CodeInterpreter.FileStore.Blobs;

/// <summary>
/// Keeps the bytes of files. A failure of the medium is a <see cref="Files.FileStoreException"/> with
/// <see cref="Files.FileError.Unavailable"/>.
/// </summary>
internal interface IBlobStore
{
    /// <summary>Makes the store ready for use; calling it again, or from several replicas, does no harm.</summary>
    /// <exception cref="BlobStoreRefusedException">It stays unusable until a setting or a permission is changed.</exception>
    Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Throws when blobs cannot be written at the moment.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The mark of the medium: made at the first use and kept on it. A medium that is empty, or another one, has another.
    /// </summary>
    Task<string> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Gives the medium the mark of another, whose blobs it has taken over.</summary>
    Task AdoptAsync(string mark, CancellationToken cancellationToken);

    /// <summary>Begins the blob <paramref name="key"/>; it is invisible until it is committed.</summary>
    Task<IBlobWriter> CreateAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a blob from <paramref name="offset"/> on; null when there is none of that name. A later deletion does not
    /// disturb the reader.
    /// </summary>
    Task<Stream?> OpenAsync(BlobKey key, long offset, CancellationToken cancellationToken);

    /// <summary>The size of a blob in bytes; null when there is none of that name.</summary>
    Task<long?> MeasureAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a blob, and its owner's folder when that was the last one; does nothing when there is none.
    /// </summary>
    Task DeleteAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Those of the blobs that are not there, or have fewer bytes than these sizes; throws when the medium does not answer.
    /// </summary>
    Task<IReadOnlyList<BlobKey>> FindMissingAsync(IReadOnlyDictionary<BlobKey, long> sizes, CancellationToken cancellationToken);

    /// <summary>The blobs committed before <paramref name="before"/>.</summary>
    IAsyncEnumerable<BlobKey> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what writers that died before <paramref name="before"/> left, and empty folders; returns the number of
    /// unfinished blobs.
    /// </summary>
    Task<int> RemoveUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
