using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Following;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Events as server-sent events.</summary>
internal static class EventStream
{
    public static IResult For(HttpContext context, IAsyncEnumerable<ExecutionEvent> events)
    {
        // nginx, and what has its habits, would hold events back until it has a few kilobytes of them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ItemsAsync(context, events));
    }

    private static async IAsyncEnumerable<SseItem<ExecutionEventBody>> ItemsAsync(
        HttpContext context, IAsyncEnumerable<ExecutionEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var largeAnswers = context.RequestServices.GetRequiredService<LargeAnswers>();
        await foreach (var told in events.WithCancellation(cancellationToken))
        {
            await largeAnswers.AdmitAsync(context, told.ExecutionId, (told as ExecutionEvent.Finished)?.Result);
            yield return new SseItem<ExecutionEventBody>(ToBody(told), TypeOf(told))
            {
                // What concerns only this moment is no place to go on from.
                EventId = told.Sequence == 0 ? null : told.Sequence.ToString(CultureInfo.InvariantCulture),
            };
        }
    }

    private static string TypeOf(ExecutionEvent told) => told switch
    {
        ExecutionEvent.Accepted => "accepted",
        ExecutionEvent.Queued => "queued",
        ExecutionEvent.Started => "started",
        ExecutionEvent.Printed { Kind: OutputKind.Stderr } => "stderr",
        ExecutionEvent.Printed => "stdout",
        ExecutionEvent.FileStored => "file",
        ExecutionEvent.Finished => "finished",
        _ => "keep_alive",
    };

    private static ExecutionEventBody ToBody(ExecutionEvent told)
    {
        var body = new ExecutionEventBody { ExecutionId = told.ExecutionId, Sequence = told.Sequence };
        return told switch
        {
            ExecutionEvent.Accepted accepted => body with { AcceptedAt = accepted.AcceptedAt },
            ExecutionEvent.Queued queued => body with { Ahead = queued.Ahead },
            ExecutionEvent.Started started => body with { StartedAt = started.StartedAt },
            ExecutionEvent.Printed printed => body with { Text = printed.Text },
            ExecutionEvent.FileStored stored => body with { File = ExecutionBodyMapping.ToBody(stored.File) },
            ExecutionEvent.Finished finished =>
                body with
                {
                    Result = ExecutionBodyMapping.ToBody(new FinishedExecution(finished.ExecutionId, finished.Result, finished.Data)),
                },
            _ => body,
        };
    }
}
