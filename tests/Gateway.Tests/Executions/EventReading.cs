using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>Reads a stream of events.</summary>
internal static class EventReading
{
    /// <summary>Reads until the current event matches.</summary>
    public static async Task UntilAsync(this IAsyncStreamReader<ExecutionEvent> events, Func<ExecutionEvent, bool> condition)
    {
        while (await events.MoveNext(TestContext.Current.CancellationToken))
        {
            if (condition(events.Current))
                return;
        }

        throw new InvalidOperationException("The stream ended before the event arrived.");
    }
}
