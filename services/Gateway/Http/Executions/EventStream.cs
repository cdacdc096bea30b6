using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Following;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Events as server-sent events.</summary>
internal static class EventStream
{
    public static IResult For(HttpContext context, IAsyncEnumerable<ExecutionEvent> events, string userId, bool includeData)
    {
        // nginx, and what has its habits, would hold events back until it has a few kilobytes of them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return new Told(events, userId, includeData);
    }

    /// <summary>
    /// Writes each event straight into the response. The framework's formatter makes two copies of it first, each in a buffer of up to twice
    /// its size; JSON in one line needs no formatting.
    /// </summary>
    private sealed class Told(IAsyncEnumerable<ExecutionEvent> events, string userId, bool includeData) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, services) = (httpContext.Response, httpContext.RequestServices);
            var answering = services.GetRequiredService<Answering>();
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache,no-store";
            response.Headers.Pragma = "no-cache";
            await response.StartAsync(httpContext.RequestAborted);
            await foreach (var told in events.WithCancellation(httpContext.RequestAborted))
            {
                Write(
                    response.BodyWriter,
                    await answering.PrepareAsync(httpContext, userId, told, includeData, httpContext.RequestAborted),
                    json
                );
                await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
        }

        private static void Write(PipeWriter writer, ExecutionEvent told, JsonSerializerOptions json)
        {
            Encoding.UTF8.GetBytes($"event: {TypeOf(told)}\ndata: ", writer);
            using (var data = new Utf8JsonWriter(writer, new JsonWriterOptions { Encoder = json.Encoder }))
            {
                JsonSerializer.Serialize(data, ToBody(told), json);
            }

            // What concerns only this moment is no place to go on from.
            Encoding.UTF8.GetBytes(
                told.Sequence == 0 ? "\n\n" : string.Create(CultureInfo.InvariantCulture, $"\nid: {told.Sequence}\n\n"),
                writer
            );
        }
    }

    private static string TypeOf(ExecutionEvent told) =>
        told switch
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
            ExecutionEvent.Finished finished => body with
            {
                Result = ExecutionBodyMapping.ToBody(new FinishedExecution(finished.ExecutionId, finished.Result, finished.Data)),
            },
            _ => body,
        };
    }
}
