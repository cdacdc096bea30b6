using CodeInterpreter.FileStore.Blobs;

namespace CodeInterpreter.FileStore.Expiry;

/// <summary>
/// The blobs of uploads that failed while they were committed or recorded. Whether they have a record is not known then, and asked later:
/// those without one are removed by the next sweep, and need not wait until they count as orphans. It knows those of this process.
/// </summary>
internal sealed class UnrecordedBlobs(TimeProvider time)
{
    // Each counts some 200 bytes. What is beyond is left to the sweep for orphans.
    private const int MaxRemembered = 10_000;

    /// <summary>From what age a blob is asked for: longer than any call that could still record it goes on in the database.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<BlobKey, DateTimeOffset> _blobs = [];

    /// <summary>Remembers one.</summary>
    public void Add(BlobKey key)
    {
        lock (_lock)
        {
            if (_blobs.Count < MaxRemembered)
                _blobs[key] = time.GetUtcNow();
        }
    }

    /// <summary>Up to <paramref name="count"/> that are old enough.</summary>
    public List<BlobKey> Find(int count)
    {
        var before = time.GetUtcNow() - Grace;
        lock (_lock)
            return [.. _blobs.Where(blob => blob.Value <= before).Take(count).Select(blob => blob.Key)];
    }

    /// <summary>Forgets those, which have a record or have been removed.</summary>
    public void Forget(IEnumerable<BlobKey> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys)
                _blobs.Remove(key);
        }
    }
}
