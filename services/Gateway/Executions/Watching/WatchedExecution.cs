using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>An execution that a caller waits for or follows.</summary>
/// <param name="Execution">The execution as it was when the subscription began, or later.</param>
/// <param name="Subscription">Receives what arrives of it at this replica.</param>
internal sealed record WatchedExecution(ExecutionRecord Execution, Subscription Subscription) : IDisposable
{
    public void Dispose() => Subscription.Dispose();
}
