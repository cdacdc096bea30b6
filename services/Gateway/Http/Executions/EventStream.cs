using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Results;
using CodeInterpreter.Gateway.Executions.Watching;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Events as server-sent events.</summary>
internal static class EventStream
{
    public static IResult For(HttpContext context, IAsyncEnumerable<ExecutionEvent> events)
    {
        // nginx and similar proxies would hold events back until they have a few kilobytes of them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return new Sent(events);
    }

    /// <summary>
    /// Writes each event directly into the response. The framework's formatter first makes two copies, each in a buffer of up to twice the
    /// size; JSON in one line needs no formatting.
    /// </summary>
    private sealed class Sent(IAsyncEnumerable<ExecutionEvent> events) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, services) = (httpContext.Response, httpContext.RequestServices);
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache,no-store";
            response.Headers.Pragma = "no-cache";
            await response.StartAsync(httpContext.RequestAborted);
            await foreach (var next in events.WithCancellation(httpContext.RequestAborted))
            {
                Write(response.BodyWriter, next, json);
                await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
        }

        private static void Write(PipeWriter writer, ExecutionEvent next, JsonSerializerOptions json)
        {
            Encoding.UTF8.GetBytes($"event: {TypeOf(next)}\ndata: ", writer);
            using (var data = new Utf8JsonWriter(writer, new JsonWriterOptions { Encoder = json.Encoder }))
            {
                JsonSerializer.Serialize(data, ToBody(next), json);
            }

            // A client cannot continue from an event without a number.
            Encoding.UTF8.GetBytes(
                next.Sequence == 0 ? "\n\n" : string.Create(CultureInfo.InvariantCulture, $"\nid: {next.Sequence}\n\n"),
                writer
            );
        }
    }

    private static string TypeOf(ExecutionEvent next) =>
        next switch
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

    private static ExecutionEventBody ToBody(ExecutionEvent next)
    {
        var body = new ExecutionEventBody { ExecutionId = next.ExecutionId, Sequence = next.Sequence };
        return next switch
        {
            ExecutionEvent.Accepted accepted => body with { AcceptedAt = accepted.AcceptedAt },
            ExecutionEvent.Queued queued => body with { Ahead = queued.Ahead },
            ExecutionEvent.Started started => body with { StartedAt = started.StartedAt },
            ExecutionEvent.Printed printed => body with { Text = printed.Text },
            ExecutionEvent.FileStored stored => body with { File = ExecutionBodyMapping.ToBody(stored.File) },
            ExecutionEvent.Finished finished => body with
            {
                Result = ExecutionBodyMapping.ToBody(new DeliveredResult(finished.ExecutionId, finished.Result, finished.Data)),
            },
            _ => body,
        };
    }
}
