using System.Buffers;
using Amazon.S3.Model;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>
/// Collects what is written: all of a small blob, which one request stores, or a part of a larger one at a time. The object is invisible
/// until the request that completes it.
/// </summary>
internal sealed class S3BlobWriter(S3Bucket bucket, string name, PartBuffers parts) : IBlobWriter
{
    // Most files are small: they wait for no part, and take no memory from those that need one.
    private const int SmallBytes = 128 * 1024;

    // Leftovers of a failure are removed even if the caller has disconnected, within a time limit.
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(10);

    private readonly List<PartETag> _sent = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private bool _holdsPart;
    private int _length;
    private string? _uploadId;
    private State _state = State.Writing;

    private enum State
    {
        Writing,
        Committing,
        Committed,
    }

    private MemoryStream Collected => new(_buffer, 0, _length, writable: false);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            if (_length == Capacity)
            {
                await MakeRoomAsync(cancellationToken);
            }

            var count = Math.Min(bytes.Length, Capacity - _length);
            bytes[..count].CopyTo(_buffer.AsMemory(_length));
            _length += count;
            bytes = bytes[count..];
        }
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        _state = State.Committing;
        if (_uploadId is null)
        {
            await bucket.PutAsync(name, Collected, cancellationToken);
        }
        else
        {
            await SendPartAsync(cancellationToken);
            await bucket.CompleteAsync(name, _uploadId, _sent, cancellationToken);
        }

        _state = State.Committed;
    }

    public async ValueTask DisposeAsync()
    {
        ReturnBuffer();
        if (_state == State.Committed)
        {
            return;
        }

        try
        {
            await CleanUpAsync();
        }
        catch (Exception exception) when (exception is FileStoreException or OperationCanceledException)
        {
            // The sweeper tries again; the error that ended the upload is the one to report.
        }
    }

    private int Capacity => _holdsPart ? PartBuffers.PartBytes : SmallBytes;

    private async Task MakeRoomAsync(CancellationToken cancellationToken)
    {
        if (_holdsPart)
        {
            await SendPartAsync(cancellationToken);
            return;
        }

        var part = await parts.RentAsync(cancellationToken);
        _buffer.AsSpan(0, _length).CopyTo(part);
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _holdsPart) = (part, true);
    }

    private async Task SendPartAsync(CancellationToken cancellationToken)
    {
        _uploadId ??= await bucket.BeginAsync(name, cancellationToken);
        _sent.Add(await bucket.PutPartAsync(name, _uploadId, _sent.Count + 1, Collected, cancellationToken));
        _length = 0;
    }

    // A commit that failed may have succeeded over there, its answer lost: then the object is there, and is no file.
    private async Task CleanUpAsync()
    {
        using var patience = new CancellationTokenSource(CleanUpTimeout);
        if (_uploadId is not null)
        {
            await bucket.AbortAsync(name, _uploadId, patience.Token);
        }

        if (_state == State.Committing)
        {
            await bucket.DeleteAsync(name, patience.Token);
        }
    }

    private void ReturnBuffer()
    {
        if (_holdsPart)
        {
            parts.Return(_buffer);
        }
        else
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _holdsPart) = ([], false);
    }
}
