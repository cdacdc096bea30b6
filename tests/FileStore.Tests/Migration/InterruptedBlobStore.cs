using CodeInterpreter.FileStore.Blobs;

namespace CodeInterpreter.FileStore.Tests.Migration;

/// <summary>Passes all on, and interrupts whoever writes when so many blobs are committed.</summary>
internal sealed class InterruptedBlobStore(IBlobStore blobs, int after, CancellationTokenSource interruption) : IBlobStore
{
    private int _committed;

    public async Task<IBlobWriter> CreateAsync(BlobKey key, CancellationToken cancellationToken) =>
        new Writer(await blobs.CreateAsync(key, cancellationToken), Committed);

    public Task InitializeAsync(CancellationToken cancellationToken) => blobs.InitializeAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => blobs.CheckAsync(cancellationToken);

    public Task<string> IdentifyAsync(CancellationToken cancellationToken) => blobs.IdentifyAsync(cancellationToken);

    public Task AdoptAsync(string mark, CancellationToken cancellationToken) => blobs.AdoptAsync(mark, cancellationToken);

    public Task<Stream?> OpenAsync(BlobKey key, long offset, CancellationToken cancellationToken) =>
        blobs.OpenAsync(key, offset, cancellationToken);

    public Task<long?> MeasureAsync(BlobKey key, CancellationToken cancellationToken) => blobs.MeasureAsync(key, cancellationToken);

    public Task<IReadOnlyList<BlobKey>> FindMissingAsync(IReadOnlyDictionary<BlobKey, long> sizes, CancellationToken cancellationToken) =>
        blobs.FindMissingAsync(sizes, cancellationToken);

    public Task DeleteAsync(BlobKey key, CancellationToken cancellationToken) => blobs.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobKey> ListAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        blobs.ListAsync(before, cancellationToken);

    public Task<int> RemoveUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        blobs.RemoveUnfinishedAsync(before, cancellationToken);

    private void Committed()
    {
        if (Interlocked.Increment(ref _committed) == after)
        {
            interruption.Cancel();
        }
    }

    private sealed class Writer(IBlobWriter writer, Action committed) : IBlobWriter
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            writer.WriteAsync(bytes, cancellationToken);

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            await writer.CommitAsync(CancellationToken.None);
            committed();
        }

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
