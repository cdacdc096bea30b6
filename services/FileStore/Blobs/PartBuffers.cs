using System.Collections.Concurrent;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>
/// The memory of all uploads: buffers of one part each, made when they are first needed and used again, never more than
/// so many. An upload never needs two at a time, so none waits for ever.
/// </summary>
internal sealed class PartBuffers(int count) : IDisposable
{
    /// <summary>The least that a part other than the last may have.</summary>
    public const int PartBytes = 5 * 1024 * 1024;

    private readonly SemaphoreSlim _free = new(count);
    private readonly ConcurrentBag<byte[]> _used = [];

    /// <summary>Waits for a buffer; its content is arbitrary.</summary>
    public async Task<byte[]> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return _used.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(PartBytes);
    }

    public void Return(byte[] buffer)
    {
        _used.Add(buffer);
        _free.Release();
    }

    public void Dispose() => _free.Dispose();
}
