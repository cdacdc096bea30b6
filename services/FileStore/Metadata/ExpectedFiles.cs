namespace CodeInterpreter.FileStore.Metadata;

/// <summary>Which executions have files on their way that are about to be added.</summary>
internal sealed class ExpectedFiles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Expected> _executions = new(StringComparer.Ordinal);

    /// <summary>One more file of that execution is on its way, until what this returns is disposed.</summary>
    public IDisposable Expect(string executionId)
    {
        lock (_lock)
        {
            if (!_executions.TryGetValue(executionId, out var expected))
                _executions[executionId] = expected = new Expected();
            expected.Count++;
            return new Arrival(this, executionId);
        }
    }

    /// <summary>Returns when none of these executions has a file on its way, after <paramref name="patience"/> at the latest.</summary>
    public Task WaitAsync(IEnumerable<string> executionIds, TimeSpan patience)
    {
        List<Task> arrivals;
        lock (_lock)
            arrivals = [.. executionIds.Distinct().Where(_executions.ContainsKey).Select(id => _executions[id].AllHere.Task)];
        return arrivals.Count == 0 ? Task.CompletedTask : Task.WhenAny(Task.WhenAll(arrivals), Task.Delay(patience));
    }

    private void Arrived(string executionId)
    {
        lock (_lock)
        {
            var expected = _executions[executionId];
            if (--expected.Count > 0)
                return;
            _executions.Remove(executionId);
            expected.AllHere.SetResult();
        }
    }

    private sealed class Expected
    {
        public int Count { get; set; }

        public TaskCompletionSource AllHere { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Arrival(ExpectedFiles files, string executionId) : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _disposed, true))
                files.Arrived(executionId);
        }
    }
}
