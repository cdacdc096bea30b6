using System.Collections.Concurrent;
using System.Security.Cryptography;
using CodeInterpreter.Files.V1;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>A stand-in for the file store that takes everything and remembers what it is told: thousands of uploads need no disk.</summary>
internal sealed class OpenStore : CallInvoker
{
    public ConcurrentQueue<UploadHeader> Taken { get; } = [];

    /// <summary>How many had begun when each of them was ended.</summary>
    public ConcurrentQueue<int> TakenAtEnds { get; } = [];

    /// <summary>Nothing can be removed.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>What it has of the execution already.</summary>
    public IReadOnlyList<string> FileIds { get; init; } = [];

    /// <summary>What it sends of an input.</summary>
    public Func<CancellationToken, IAsyncEnumerable<DownloadResponse>>? Content { get; init; }

    /// <summary>The calls whose answer is waited for, and until when.</summary>
    public ConcurrentQueue<(string Method, DateTime? Deadline)> Calls { get; } = [];

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    )
    {
        Calls.Enqueue((method.Name, options.Deadline));
        var upload = new Upload(this);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            (IClientStreamWriter<TRequest>)(object)upload,
            (Task<TResponse>)(object)upload.Stored,
            Task.FromResult(new Metadata()),
            () => Status.DefaultSuccess,
            () => [],
            () => upload.Break()
        );
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
    {
        Calls.Enqueue((method.Name, options.Deadline));
        return new(AnswerAsync<TResponse>(request), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    ) => throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    ) =>
        new(
            (IAsyncStreamReader<TResponse>)(object)new Download(Content!(options.CancellationToken)),
            Task.FromResult(new Metadata()),
            () => Status.DefaultSuccess,
            () => [],
            () => { }
        );

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    ) => throw new NotSupportedException();

    private Task<TResponse> AnswerAsync<TResponse>(object request)
    {
        if (request is ListFilesRequest)
        {
            var page = new ListFilesResponse();
            page.Files.AddRange(FileIds.Select(id => new StoredFile { FileId = id }));
            return Task.FromResult((TResponse)(object)page);
        }

        return KeepsAll
            ? Task.FromException<TResponse>(new RpcException(new Status(StatusCode.Unavailable, "away")))
            : Task.FromResult((TResponse)(object)new DeleteFileResponse());
    }

    private sealed class Download(IAsyncEnumerable<DownloadResponse> content) : IAsyncStreamReader<DownloadResponse>
    {
        private readonly IAsyncEnumerator<DownloadResponse> _content = content.GetAsyncEnumerator();

        public DownloadResponse Current => _content.Current;

        public Task<bool> MoveNext(CancellationToken cancellationToken) => _content.MoveNextAsync().AsTask().WaitAsync(cancellationToken);
    }

    private sealed class Upload(OpenStore store) : IClientStreamWriter<UploadRequest>
    {
        private readonly TaskCompletionSource<StoredFile> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private UploadHeader _header = new();
        private long _size;

        public Task<StoredFile> Stored => _stored.Task;

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(UploadRequest message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task WriteAsync(UploadRequest message)
        {
            if (message.PartCase == UploadRequest.PartOneofCase.Header)
            {
                _header = message.Header;
                store.Taken.Enqueue(_header);
            }
            else
            {
                _size += message.Chunk.Length;
                _hash.AppendData(message.Chunk.Span);
            }

            return Task.CompletedTask;
        }

        public Task CompleteAsync()
        {
            store.TakenAtEnds.Enqueue(store.Taken.Count);
            _stored.TrySetResult(
                new StoredFile
                {
                    FileId = "id",
                    UserId = _header.UserId,
                    Filename = _header.Filename,
                    FileSize = _size,
                    Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset()),
                    ExpiresAt = new Google.Protobuf.WellKnownTypes.Timestamp(),
                }
            );
            return Task.CompletedTask;
        }

        public void Break() => _stored.TrySetException(new RpcException(Status.DefaultCancelled));
    }
}
