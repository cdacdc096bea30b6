using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Interpreters;

namespace CodeInterpreter.Discord.Tests.Bot;

/// <summary>The service as the bot sees it: executions that a test finishes, and files in memory.</summary>
internal sealed class FakeInterpreter : IInterpreter
{
    private readonly ConcurrentDictionary<string, FakeExecution> _executions = new();
    private readonly ConcurrentDictionary<string, (StoredFile Record, byte[] Content)> _files = new();
    private readonly Channel<string> _followed = Channel.CreateUnbounded<string>();

    /// <summary>The result of each execution; null leaves it running.</summary>
    public ExecutionResult? Result { get; set; } = new() { Outcome = Outcome.Succeeded, Output = "42\n" };

    /// <summary>Thrown by calls instead of an answer.</summary>
    public CodeInterpreterException? SubmitFailure { get; set; }

    public CodeInterpreterException? FollowFailure { get; set; }

    public string? LinkBase { get; set; } = "https://code.example.com/links/";

    public List<string> Cancelled { get; } = [];

    public IReadOnlyList<FakeExecution> Executions => [.. _executions.Values.OrderBy(execution => execution.Number)];

    public IReadOnlyDictionary<string, (StoredFile Record, byte[] Content)> Files => _files;

    /// <summary>The id of the execution whose events are asked for next.</summary>
    public async Task<FakeExecution> NextFollowedAsync() =>
        _executions[await _followed.Reader.ReadAsync(TestContext.Current.CancellationToken)];

    /// <summary>Stores a file of a user.</summary>
    public StoredFile Store(string userId, string name, byte[] content, string type = "data")
    {
        var id = $"{userId}_1700000000_{_files.Count + 1}";
        var record = new StoredFile
        {
            FileId = id,
            UserId = userId,
            Filename = name,
            Size = content.Length,
            Type = type,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1_700_172_800),
        };
        _files[id] = (record, content);
        return record;
    }

    public Task<string> SubmitAsync(string userId, ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (SubmitFailure is { } failure)
            throw failure;
        var id = $"execution-{request.IdempotencyKey}";
        var execution = _executions.GetOrAdd(id, _ => new FakeExecution(id, userId, request, _executions.Count));
        if (Result is { } result)
            execution.Finish(result);
        return Task.FromResult(id);
    }

    public async IAsyncEnumerable<ExecutionEvent> FollowAsync(
        string userId,
        string executionId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (FollowFailure is { } failure)
            throw failure;
        await _followed.Writer.WriteAsync(executionId, cancellationToken);
        await foreach (var happened in Of(userId, executionId).EventsAsync(cancellationToken))
            yield return happened;
    }

    public Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        Cancelled.Add(Of(userId, executionId).Id);
        return Task.CompletedTask;
    }

    public Task<ExecutionResult?> FindResultAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        Task.FromResult(Of(userId, executionId).Result);

    public async Task<StoredFile> UploadAsync(
        string userId,
        Stream content,
        string name,
        string uploadId,
        CancellationToken cancellationToken
    )
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return Store(userId, name, bytes.ToArray());
    }

    public Task<Stream> OpenAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(FileOf(userId, fileId).Content, writable: false));

    public Task<StoredFile> GetFileAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        Task.FromResult(FileOf(userId, fileId).Record);

    public IAsyncEnumerable<StoredFile> ListFilesAsync(string userId, CancellationToken cancellationToken) =>
        Owned(userId).ToAsyncEnumerable();

    public Task<FileUsage> GetUsageAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(new FileUsage(Owned(userId).Count(), Owned(userId).Sum(file => file.Size), null, null));

    public Task DeleteFileAsync(string userId, string fileId, CancellationToken cancellationToken)
    {
        _files.TryRemove(FileOf(userId, fileId).Record.FileId, out _);
        return Task.CompletedTask;
    }

    public Task<int> DeleteAllAsync(string userId, CancellationToken cancellationToken)
    {
        var owned = Owned(userId).ToList();
        owned.ForEach(file => _files.TryRemove(file.FileId, out _));
        foreach (var execution in Executions.Where(execution => execution.UserId == userId))
            _executions.TryRemove(execution.Id, out _);
        return Task.FromResult(owned.Count);
    }

    public Task<string?> FindLinkAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        Task.FromResult(LinkBase is null ? null : LinkBase + FileOf(userId, fileId).Record.FileId);

    private IEnumerable<StoredFile> Owned(string userId) => _files.Values.Select(file => file.Record).Where(file => file.UserId == userId);

    private FakeExecution Of(string userId, string id) =>
        _executions.TryGetValue(id, out var execution) && execution.UserId == userId ? execution : throw NotFound();

    private (StoredFile Record, byte[] Content) FileOf(string userId, string id) =>
        _files.TryGetValue(id, out var file) && file.Record.UserId == userId ? file : throw NotFound();

    private static CodeInterpreterException NotFound() => new(ErrorReasons.NotFound, "Not found.");
}

/// <summary>An execution; its events are kept, so that any number can follow them from the first.</summary>
internal sealed class FakeExecution(string id, string userId, ExecutionRequest request, int number)
{
    private readonly Lock _lock = new();
    private readonly List<ExecutionEvent> _events = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public string UserId => userId;

    public ExecutionRequest Request => request;

    public int Number => number;

    public ExecutionResult? Result { get; private set; }

    public void Add(ExecutionEvent happened)
    {
        lock (_lock)
        {
            _events.Add(happened);
            _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _more.SetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Finish(ExecutionResult result)
    {
        if (Result is not null)
            return;
        Result = result with { ExecutionId = id };
        Add(new ExecutionEvent.Finished(Result));
    }

    /// <summary>Writes output.</summary>
    public void Print(string text) => Add(new ExecutionEvent.Stdout(text));

    /// <summary>Returns when all events have been read, and what came of them is done.</summary>
    public Task ReadAsync()
    {
        lock (_lock)
            return _read.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async IAsyncEnumerable<ExecutionEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = 0; ; )
        {
            ExecutionEvent[] events;
            Task more;
            lock (_lock)
            {
                (events, more) = ([.. _events.Skip(next)], _more.Task);
                if (events.Length == 0)
                    _read.TrySetResult();
            }

            foreach (var happened in events)
                yield return happened;
            next += events.Length;
            if (events is [.., ExecutionEvent.Finished])
                yield break;
            if (events.Length == 0)
                await more.WaitAsync(cancellationToken);
        }
    }
}
