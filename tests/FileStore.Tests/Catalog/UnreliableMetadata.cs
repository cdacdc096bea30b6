using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.FileStore.Tests.Catalog;

/// <summary>Passes all on while it is there, and can lose the receipt of a record that it has taken.</summary>
internal sealed class UnreliableMetadata(IFileMetadata metadata) : IFileMetadata
{
    private int _failures;

    public bool IsAway { get; set; }

    public bool LosesReceipt { get; set; }

    public bool GoesAwayBeforeReplacing { get; set; }

    /// <summary>What calls fail with while it is away.</summary>
    public Func<Exception> Failure { get; init; } = Away;

    public int Failures => _failures;

    public Task<StoredFile> AddAsync(StoredFile file, Quota quota, CancellationToken cancellationToken) =>
        TakeAsync(() => metadata.AddAsync(file, quota, cancellationToken));

    public Task<StoredFile> ReplaceAsync(StoredFile earlier, StoredFile file, Quota quota, Claim claim, CancellationToken cancellationToken)
    {
        IsAway |= GoesAwayBeforeReplacing;
        return TakeAsync(() => metadata.ReplaceAsync(earlier, file, quota, claim, cancellationToken));
    }

    private async Task<StoredFile> TakeAsync(Func<Task<StoredFile>> takeAsync)
    {
        ThrowIfAway();
        var kept = await takeAsync();
        if (!LosesReceipt)
            return kept;

        LosesReceipt = false;
        throw Away();
    }

    public Task<IReadOnlySet<string>> FindKnownAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return metadata.FindKnownAsync(fileIds, cancellationToken);
    }

    public Task InitializeAsync(CancellationToken cancellationToken) => metadata.InitializeAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => metadata.CheckAsync(cancellationToken);

    public Task<StoredFile?> FindAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken) =>
        metadata.FindAsync(userId, fileId, now, cancellationToken);

    public Task<IReadOnlyList<StoredFile>> ListAsync(
        FileQuery query,
        FilePosition? after,
        int count,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => metadata.ListAsync(query, after, count, now, cancellationToken);

    public Task<FileUsage> MeasureAsync(string userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        metadata.MeasureAsync(userId, now, cancellationToken);

    public Task<StoredFile?> ExtendAsync(
        string userId,
        string fileId,
        DateTimeOffset expiresAt,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => metadata.ExtendAsync(userId, fileId, expiresAt, now, cancellationToken);

    public Task<bool> HasExpiredAsync(string userId, string fileId, DateTimeOffset now, CancellationToken cancellationToken) =>
        metadata.HasExpiredAsync(userId, fileId, now, cancellationToken);

    public Task RecordExpiredAsync(IReadOnlyCollection<StoredFile> files, CancellationToken cancellationToken) =>
        metadata.RecordExpiredAsync(files, cancellationToken);

    public Task ForgetExpiredAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        metadata.ForgetExpiredAsync(before, cancellationToken);

    public Task ForgetExpiredAsync(string userId, CancellationToken cancellationToken) =>
        metadata.ForgetExpiredAsync(userId, cancellationToken);

    public Task<bool> ClaimAsync(string userId, string fileId, Claim claim, CancellationToken cancellationToken) =>
        metadata.ClaimAsync(userId, fileId, claim, cancellationToken);

    public Task<IReadOnlyList<StoredFile>> ClaimExpiredAsync(string? userId, int count, Claim claim, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return metadata.ClaimExpiredAsync(userId, count, claim, cancellationToken);
    }

    public Task<IReadOnlyList<StoredFile>> WalkAsync(string after, int count, CancellationToken cancellationToken) =>
        metadata.WalkAsync(after, count, cancellationToken);

    public Task<string> BindAsync(string blobStore, CancellationToken cancellationToken) =>
        metadata.BindAsync(blobStore, cancellationToken);

    public Task<int> RemoveAsync(IReadOnlyCollection<string> fileIds, CancellationToken cancellationToken) =>
        metadata.RemoveAsync(fileIds, cancellationToken);

    private void ThrowIfAway()
    {
        if (!IsAway)
            return;

        Interlocked.Increment(ref _failures);
        throw Failure();
    }

    private static FileStoreException Away() => FileStoreException.Unavailable("database", new IOException("away"));
}
