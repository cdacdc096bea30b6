using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Replies to messages that could not be processed, mostly because they cannot be read as a command, if they name a sender.
/// </summary>
internal sealed class PoisonMessageReply(string runnerId, TimeProvider time) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (Parse(context) is { } body && AnswerTo(body, MessageFor(context.Exception)) is { } finished)
        {
            // Without a valid address the result is only published.
            _ = Uri.TryCreate(Text(body, "responseAddress"), UriKind.Absolute, out var caller);
            await context.AnnounceAsync(caller, finished, time);
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("poison-answer");

    private ExecutionFinished? AnswerTo(JsonObject body, string message)
    {
        // In an envelope the command is its message; a plain client sends the command alone.
        var command = body["message"] as JsonObject ?? body;
        if (Text(command, "executionId") is not { } executionId || Text(command, "userId") is not { } userId)
            return null;

        return new ExecutionFinished
        {
            ExecutionId = executionId,
            UserId = userId,
            Proof = Text(command, "proof"),
            RunnerId = runnerId,
            FinishedAt = time.GetUtcNow(),
            Result = new Contracts.ExecutionResult
            {
                Outcome = Outcome.SandboxFailed,
                KilledBy = KilledBy.Runner,
                Message = message,
            },
        };
    }

    // A command that could be read has run; only its result could not be published.
    private static string MessageFor(Exception exception) =>
        IsUnreadable(exception)
            ? "The message is not a complete command; docs/messages.md has its fields."
            : "The runner could not publish the result of the execution.";

    private static bool IsUnreadable(Exception? exception) =>
        exception is not null && (exception is SerializationException or JsonException || IsUnreadable(exception.InnerException));

    private static JsonObject? Parse(ExceptionReceiveContext context)
    {
        try
        {
            return JsonNode.Parse(context.Body.GetBytes()) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject node, string field) =>
        node[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
