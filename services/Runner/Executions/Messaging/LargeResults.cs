namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Limits how many large results are published at the same time: each is in memory several times while it becomes a message.
/// </summary>
internal sealed class LargeResults : IDisposable
{
    private const int LargeLength = 64 * 1024;
    private const int AtATime = 2;

    private readonly SemaphoreSlim _places = new(AtATime, AtATime);

    /// <summary>Waits for a permit; null when the result needs none.</summary>
    public async Task<IDisposable?> EnterAsync(Contracts.ExecutionResult result, CancellationToken cancellationToken)
    {
        if (LengthOf(result.Output) + LengthOf(result.Error) < LargeLength)
            return null;

        await _places.WaitAsync(cancellationToken);
        return new Permit(_places);
    }

    public void Dispose() => _places.Dispose();

    private static int LengthOf(Contracts.OutputText text) => text.Text.Length + text.Tail.Length;

    private sealed class Permit(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
