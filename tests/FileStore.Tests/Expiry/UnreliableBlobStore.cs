using System.Collections.Concurrent;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Tests.Expiry;

/// <summary>
/// Passes all on, but fails to delete one blob, and remembers the others it deleted. Something else may happen while it looks
/// for missing ones.
/// </summary>
internal sealed class UnreliableBlobStore(IBlobStore blobs) : IBlobStore
{
    private readonly ConcurrentQueue<BlobKey> _deleted = new();

    public string? Broken { get; set; }

    /// <summary>Happens once, before the next look for missing blobs.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>What the next attempts to make it ready fail with.</summary>
    public Queue<Exception> Refusals { get; } = new();

    public IReadOnlyCollection<BlobKey> Deleted => _deleted;

    public Task InitializeAsync(CancellationToken cancellationToken) =>
        Refusals.TryDequeue(out var refusal) ? Task.FromException(refusal) : blobs.InitializeAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => blobs.CheckAsync(cancellationToken);

    public Task<string> IdentifyAsync(CancellationToken cancellationToken) => blobs.IdentifyAsync(cancellationToken);

    public Task AdoptAsync(string mark, CancellationToken cancellationToken) => blobs.AdoptAsync(mark, cancellationToken);

    public Task<IBlobWriter> CreateAsync(BlobKey key, CancellationToken cancellationToken) => blobs.CreateAsync(key, cancellationToken);

    public Task<Stream?> OpenAsync(BlobKey key, long offset, CancellationToken cancellationToken) =>
        blobs.OpenAsync(key, offset, cancellationToken);

    public Task<long?> MeasureAsync(BlobKey key, CancellationToken cancellationToken) => blobs.MeasureAsync(key, cancellationToken);

    public Task DeleteAsync(BlobKey key, CancellationToken cancellationToken)
    {
        if (key.FileId == Broken)
        {
            throw FileStoreException.Unavailable("disk", new IOException("broken"));
        }

        _deleted.Enqueue(key);
        return blobs.DeleteAsync(key, cancellationToken);
    }

    public async Task<IReadOnlyList<BlobKey>> FindMissingAsync(
        IReadOnlyDictionary<BlobKey, long> sizes,
        CancellationToken cancellationToken
    )
    {
        if (Meanwhile is { } happens)
        {
            Meanwhile = null;
            await happens();
        }

        return await blobs.FindMissingAsync(sizes, cancellationToken);
    }

    public IAsyncEnumerable<BlobKey> ListAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        blobs.ListAsync(before, cancellationToken);

    public Task<int> RemoveUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        blobs.RemoveUnfinishedAsync(before, cancellationToken);
}
