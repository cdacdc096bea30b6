using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using Grpc.Core;

namespace CodeInterpreter.Client;

/// <summary>
/// The content of a stored file, read as it arrives. Where the connection breaks, it continues behind the last byte that arrived. At the
/// end of
/// a whole file its SHA-256 is checked.
/// </summary>
public sealed class DownloadStream : Stream
{
    private readonly Connection _connection;
    private readonly DownloadRequest _request;
    private readonly IProgress<TransferProgress>? _progress;
    private readonly IncrementalHash? _hash;
    private AsyncServerStreamingCall<DownloadResponse>? _call;
    private ReadOnlyMemory<byte> _chunk;
    private long _read;
    private int _attempts;

    internal DownloadStream(Connection connection, DownloadRequest request, IProgress<TransferProgress>? progress)
    {
        (_connection, _request, _progress) = (connection, request, progress);
        if (request is { Offset: 0, Length: 0 })
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>The record of the file.</summary>
    public StoredFile File { get; private set; } = new();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Number of bytes that the download has: those of the range that was asked for.</summary>
    public override long Length
    {
        get
        {
            var rest = File.Size - _request.Offset;
            return _request.Length > 0 ? Math.Min(_request.Length, rest) : rest;
        }
    }

    /// <summary>Number of bytes that were read. It cannot be set.</summary>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    // The base class has the optional token, and the overload without.
#pragma warning disable RS0027
    /// <summary>Reads what has arrived, and waits for more where nothing has.</summary>
    /// <param name="buffer">Where to put it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Number of bytes; 0 at the end.</returns>
    /// <exception cref="CodeInterpreterException">The download failed, or its bytes are not those of the file.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
#pragma warning restore RS0027
        if (buffer.IsEmpty)
            return 0;
        while (_chunk.IsEmpty)
        {
            if (_read == Length)
                return 0;
            await ReceiveAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _chunk.Length);
        _chunk.Span[..count].CopyTo(buffer.Span);
        _chunk = _chunk[count..];
        _hash?.AppendData(buffer.Span[..count]);
        _read += count;
        _progress?.Report(new TransferProgress(_read, Length));
        if (_read == Length)
            Check();
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Blocks until there is something to read: prefer to read asynchronously.</summary>
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <summary>Not supported: open another download with an offset.</summary>
    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Opens the download: receives the file's record.</summary>
    internal Task OpenAsync(CancellationToken cancellationToken) =>
        _connection.CallAsync(
            "download",
            async _ =>
            {
                await ConnectAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _call?.Dispose();
            _hash?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _call?.Dispose();
        var request = new DownloadRequest(_request) { Offset = _request.Offset + _read };
        if (request.Length > 0)
            request.Length -= _read;
        // The token of the call that opens the download must not end those that read it.
        var options = await _connection.PrepareAsync(deadline: null, cancellationToken);
        _call = _connection.Wire.Files.Download(request, options.WithCancellationToken(default));
        if (!await _call.ResponseStream.MoveNext(cancellationToken))
            throw new CodeInterpreterException(ErrorReasons.Unavailable, "The download ended before it began.");
        File = FileMapping.ToFile(_call.ResponseStream.Current.File);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        CodeInterpreterException failure;
        try
        {
            if (_call is null)
                await ConnectAsync(cancellationToken);
            if (await _call!.ResponseStream.MoveNext(cancellationToken))
            {
                _chunk = _call.ResponseStream.Current.Chunk.Memory;
                _attempts = 0;
                return;
            }

            failure = new CodeInterpreterException(ErrorReasons.Unavailable, "The download ended before the file.");
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            failure = RpcFailures.Translate(exception);
        }

        await _connection.PauseAsync("download", failure, ++_attempts, cancellationToken);
        _call?.Dispose();
        _call = null;
    }

    private void Check()
    {
        if (_hash is null)
            return;
        var arrived = Convert.ToHexString(_hash.GetHashAndReset());
        if (!arrived.Equals(File.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new CodeInterpreterException(ErrorReasons.DataLoss, "The bytes that arrived are not those that were stored.");
    }
}
