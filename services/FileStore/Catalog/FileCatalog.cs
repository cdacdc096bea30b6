using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.FileTypes;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Naming;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>
/// Stores users' files, finds them for their owners only, and deletes them.
/// </summary>
internal sealed partial class FileCatalog(
    IFileMetadata metadata,
    IBlobStore blobs,
    UnrecordedBlobs unrecorded,
    FileTypeDetector fileTypes,
    FileInstruments instruments,
    TimeProvider time,
    IOptions<FileStoreOptions> options,
    IOptions<ExpiryOptions> expiry,
    ILogger<FileCatalog> logger
)
{
    // Receiving a smaller file in vain costs less than a query of the usage for each file.
    private const long WorthAsking = 1024 * 1024;

    /// <summary>Begins to receive a file; nothing of it is visible until it is completed.</summary>
    /// <exception cref="FileStoreException">The announced size exceeds the store's limit or the owner's quota.</exception>
    public async Task<IncomingFile> ReceiveAsync(NewFile file, CancellationToken cancellationToken)
    {
        var maxBytes = options.Value.MaxFileBytes;
        if (file.Size > maxBytes)
        {
            throw IncomingFile.TooLarge(maxBytes);
        }

        await CheckRoomAsync(file, cancellationToken);
        var key = new BlobKey(file.UserId, FileId.Create(file.UserId, time.GetUtcNow()));
        var blob = await blobs.CreateAsync(key, cancellationToken);
        return new IncomingFile(file, key, blob, maxBytes);
    }

    /// <summary>Checks what arrived against what was announced, and makes it a stored file.</summary>
    public async Task<StoredFile> StoreAsync(IncomingFile incoming, CancellationToken cancellationToken)
    {
        var (size, sha256) = incoming.Verify();
        var file = incoming.File;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var key = incoming.Key;
        var type = fileTypes.Detect(file.Filename, incoming.Head);
        var stored = new StoredFile
        {
            FileId = key.FileId,
            UserId = key.UserId,
            Filename = file.Filename,
            FilePath = key.Path,
            FileSize = size,
            FileType = type.Category,
            MimeType = type.MimeType,
            Sha256 = sha256,
            Source = file.Source,
            ExecutionId = file.ExecutionId,
            UploadId = file.UploadId,
            UploadedAt = now,
            ExpiresAt = now + options.Value.Retention,
        };

        // The blob before the record: a crash in between leaves invisible bytes, which the sweeper removes. A caller that
        // disconnects in between must not have that effect, so the record is not cancelled.
        await CommitAsync(incoming, cancellationToken);
        var quota = QuotaFor(file);
        var kept = await AddOrRemoveAsync(stored, () => metadata.AddAsync(stored, quota, CancellationToken.None), cancellationToken);
        while (kept.FileId != stored.FileId)
        {
            // The same upload again. If it differs, the later one replaces the first.
            if (kept.ExpiresAt > now && kept.Sha256 == sha256 && kept.Filename == stored.Filename)
            {
                await DropAsync(key);
                return kept;
            }

            var earlier = kept;
            kept = await AddOrRemoveAsync(
                stored,
                () => metadata.ReplaceAsync(earlier, stored, quota, Claim.Take(time, expiry.Value.ClaimLease), CancellationToken.None),
                cancellationToken
            );
            await RemoveSupersededAsync(earlier, now);
        }

        FileStored(stored.FileId, stored.FileSize, stored.ExecutionId);
        instruments.Stored(stored.Source);
        return stored;
    }

    public async Task<StoredFile> GetAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        await metadata.FindAsync(userId, fileId, time.GetUtcNow(), cancellationToken)
        ?? throw await GoneAsync(userId, fileId, cancellationToken);

    /// <summary>Keeps a file longer, from now on.</summary>
    public async Task<StoredFile> ExtendAsync(string userId, string fileId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await metadata.ExtendAsync(userId, fileId, now + lifetime, now, cancellationToken)
            ?? throw await GoneAsync(userId, fileId, cancellationToken);
    }

    /// <summary>How much an owner has.</summary>
    public Task<FileUsage> MeasureAsync(string userId, CancellationToken cancellationToken) =>
        metadata.MeasureAsync(userId, time.GetUtcNow(), cancellationToken);

    /// <summary>Opens a file for reading from <paramref name="offset"/> on, up to <paramref name="length"/> bytes; 0 for all.</summary>
    public async Task<FileContent> OpenAsync(string userId, string fileId, long offset, long length, CancellationToken cancellationToken)
    {
        var file = await GetAsync(userId, fileId, cancellationToken);
        if (offset > file.FileSize)
        {
            throw new FileStoreException(
                FileError.OffsetBehindEnd,
                $"The offset {offset} lies behind the end of the file, which has {file.FileSize} bytes."
            );
        }

        var bytes = await blobs.OpenAsync(new BlobKey(userId, fileId), offset, cancellationToken);
        if (bytes is not null)
        {
            var rest = file.FileSize - offset;
            var wanted = length == 0 ? rest : Math.Min(rest, length);
            var isWhole = wanted == file.FileSize;
            return new FileContent(file, isWhole ? new VerifiedContent(bytes, file, () => ContentIsLost(fileId)) : bytes, wanted);
        }

        // The file may have been deleted between the two look-ups, so look again.
        await GetAsync(userId, fileId, cancellationToken);
        throw ContentIsLost(fileId);
    }

    /// <summary>Returns up to <paramref name="count"/> of the files asked for, newest first.</summary>
    public async Task<FilePage> ListAsync(FileQuery query, FilePosition? after, int count, CancellationToken cancellationToken)
    {
        var files = await metadata.ListAsync(query, after, count + 1, time.GetUtcNow(), cancellationToken);
        if (files.Count <= count)
        {
            return new FilePage(files, Next: null);
        }

        var last = files[count - 1];
        return new FilePage([.. files.Take(count)], new FilePosition(last.UploadedAt, last.FileId));
    }

    /// <summary>
    /// Deletes a file; it is invisible as soon as it is claimed, and after a crash the sweeper finishes the deletion.
    /// </summary>
    public async Task DeleteAsync(string userId, string fileId, CancellationToken cancellationToken)
    {
        var claim = Claim.Take(time, expiry.Value.ClaimLease);
        if (!await metadata.ClaimAsync(userId, fileId, claim, cancellationToken))
        {
            throw await GoneAsync(userId, fileId, cancellationToken);
        }

        await RemoveAsync(userId, fileId, cancellationToken);
        instruments.Deleted();
    }

    /// <summary>Forgets which files of an owner have expired.</summary>
    public Task ForgetExpiredAsync(string userId, CancellationToken cancellationToken) =>
        metadata.ForgetExpiredAsync(userId, cancellationToken);

    private async Task<FileStoreException> GoneAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        await metadata.HasExpiredAsync(userId, fileId, time.GetUtcNow(), cancellationToken)
            ? FileStoreException.Expired()
            : FileStoreException.NotFound();

    private FileStoreException ContentIsLost(string fileId)
    {
        ContentLost(fileId);
        return new FileStoreException(FileError.ContentLost, "The content of this file is lost.");
    }

    // Its replacement is stored already: the sweeper removes what cannot be removed now.
    private async Task RemoveSupersededAsync(StoredFile earlier, DateTimeOffset now)
    {
        try
        {
            if (earlier.ExpiresAt <= now)
                await metadata.RecordExpiredAsync([earlier], CancellationToken.None);
            await RemoveAsync(earlier.UserId, earlier.FileId, CancellationToken.None);
        }
        catch (FileStoreException exception)
        {
            SupersededStays(earlier.FileId, exception);
        }
    }

    private async Task RemoveAsync(string userId, string fileId, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(new BlobKey(userId, fileId), cancellationToken);
        await metadata.RemoveAsync([fileId], cancellationToken);
        FileDeleted(fileId);
    }

    /// <summary>Refuses early what cannot be stored in the end: whether it can is only known then.</summary>
    private async Task CheckRoomAsync(NewFile file, CancellationToken cancellationToken)
    {
        if (file.Size is not { } size)
            return;

        var quota = QuotaFor(file);
        quota.Check(new FileUsage(1, size), size);
        if (file.ExecutionId is not null)
            quota.OfExecution?.Check(new FileUsage(1, size), size);

        // A file with an upload id may exist already, or replace another.
        if (size < WorthAsking || file.UploadId is not null || !quota.IsLimited)
            return;

        var usage = await metadata.MeasureAsync(file.UserId, time.GetUtcNow(), cancellationToken);
        quota.Check(new FileUsage(usage.Files + 1, usage.Bytes + size), size);
    }

    private Quota QuotaFor(NewFile file) =>
        new(options.Value.MaxUserFiles, options.Value.MaxUserBytes)
        {
            OfExecution = new Quota(options.Value.MaxExecutionFiles, options.Value.MaxExecutionBytes).Within(file.Budget),
        };

    [LoggerMessage(1, LogLevel.Debug, "Stored {FileId}, {Bytes} bytes, execution {ExecutionId}")]
    private partial void FileStored(string fileId, long bytes, string? executionId);

    [LoggerMessage(2, LogLevel.Debug, "Deleted {FileId}")]
    private partial void FileDeleted(string fileId);

    [LoggerMessage(3, LogLevel.Error, "The content of {FileId} is missing or damaged, although its record exists")]
    private partial void ContentLost(string fileId);

    [LoggerMessage(4, LogLevel.Warning, "The record of {FileId} waits for the database")]
    private partial void RecordWaits(string fileId);

    [LoggerMessage(5, LogLevel.Warning, "{FileId} was replaced and could not be removed; the sweeper does it later")]
    private partial void SupersededStays(string fileId, Exception exception);
}
