using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>An execution that somebody here waits for or listens to.</summary>
/// <param name="Execution">How it stands.</param>
/// <param name="Waiting">Waits for its end.</param>
/// <param name="Feed">Hears what happens in it.</param>
internal sealed record AttendedExecution(ExecutionRecord Execution, WaitingExecution Waiting, LiveFeeds.Feed Feed) : IDisposable
{
    public void Dispose()
    {
        Waiting.Dispose();
        Feed.Dispose();
    }
}
