using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>
/// Keeps the records of files. Readers see a file from <see cref="AddAsync"/> until it expires or is claimed for
/// deletion, whichever comes first. A database that cannot be reached is a <see cref="FileStoreException"/> with
/// <see cref="FileError.Unavailable"/>.
/// </summary>
internal interface IFileMetadata
{
    /// <summary>Makes tables and indexes; calling it again, or from several replicas, does no harm.</summary>
    Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Throws when the database takes no records at the moment. It may answer queries all the same: its disk is full, it is read-only, or
    /// its account lacks rights.
    /// </summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a file; returns it, or the other file that has its upload id already, which may have expired. An upload id is
    /// one among the owner's uploads, or among the outputs of one execution. Of several callers with one upload id one
    /// succeeds; of several that compete for the rest of a quota one at most.
    /// </summary>
    /// <exception cref="FileStoreException">It exceeds the quota.</exception>
    Task<StoredFile> AddAsync(StoredFile file, Quota quota, CancellationToken cancellationToken);

    /// <summary>
    /// The same for one that takes the place of <paramref name="earlier"/>, which has its upload id, expired or not, and which
    /// does not count against the quota. A file that is refused leaves the earlier one as it was; otherwise the earlier one
    /// is claimed for deletion, by this caller or by another.
    /// </summary>
    /// <exception cref="FileStoreException">It exceeds the quota.</exception>
    Task<StoredFile> ReplaceAsync(StoredFile earlier, StoredFile file, Quota quota, Claim claim, CancellationToken cancellationToken);

    /// <summary>The owner's file of that id; null when there is none at <paramref name="now"/>.</summary>
    Task<StoredFile?> FindAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// The owner's files, newest first, after <paramref name="after"/>; those of one execution when it is given.
    /// </summary>
    Task<IReadOnlyList<StoredFile>> ListAsync(
        FileQuery query,
        FilePosition? after,
        int count,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>How much the owner has at <paramref name="now"/>.</summary>
    Task<FileUsage> MeasureAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a file that is there at <paramref name="now"/> live until <paramref name="expiresAt"/>, if that is later; null when
    /// there is none. A file that is being swept is not there.
    /// </summary>
    Task<StoredFile?> ExtendAsync(
        string userId,
        string fileId,
        DateTimeOffset expiresAt,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the owner had a file of that id and it expired.</summary>
    Task<bool> HasExpiredAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Remembers that these files, one at least, have expired, before their records are removed.</summary>
    Task RecordExpiredAsync(IReadOnlyCollection<StoredFile> files, CancellationToken cancellationToken);

    /// <summary>Forgets those that expired before that moment.</summary>
    Task ForgetExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Forgets those of one owner.</summary>
    Task ForgetExpiredAsync(string userId, CancellationToken cancellationToken);

    /// <summary>
    /// Claims one file for its owner; false when there is none. Of several callers one at most succeeds.
    /// </summary>
    Task<bool> ClaimAsync(string userId, string fileId, Claim claim, CancellationToken cancellationToken);

    /// <summary>
    /// Claims up to <paramref name="count"/> files that are expired, or whose deletion was begun and whose claim has
    /// lapsed. No file is handed to two callers while a claim lasts.
    /// </summary>
    /// <param name="userId">Only this owner's; null for all owners'.</param>
    /// <param name="count">Most files.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<StoredFile>> ClaimExpiredAsync(string? userId, int count, Claim claim, CancellationToken cancellationToken);

    /// <summary>Removes the records of claimed files; returns how many were still there.</summary>
    Task<int> RemoveAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken);

    /// <summary>The stored files with ids after <paramref name="after"/>, in the order of their ids.</summary>
    Task<IReadOnlyList<StoredFile>> WalkAsync(string after, int count, CancellationToken cancellationToken);

    /// <summary>Remembers the mark of the blob store that the files are in; returns the one remembered first.</summary>
    Task<string> BindAsync(string blobStore, CancellationToken cancellationToken);

    /// <summary>Which of the ids have a record, whatever its state.</summary>
    Task<IReadOnlySet<string>> FindKnownAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken);
}
