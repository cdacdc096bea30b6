namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>
/// Limits how many results are read from the database at a time: each is in memory twice meanwhile, as stored and as texts.
/// </summary>
internal sealed class ResultReads(int atATime) : IDisposable
{
    private readonly SemaphoreSlim _places = new(atATime, atATime);

    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
