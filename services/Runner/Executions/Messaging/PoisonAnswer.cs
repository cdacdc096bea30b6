using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Answers what goes to the error queue, as far as it says whom to answer: mostly a message that cannot be read as a command.
/// </summary>
internal sealed class PoisonAnswer(string runnerId, TimeProvider time) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (Parse(context) is { } body && AnswerTo(body, MessageFor(context.Exception)) is { } finished)
        {
            // What is no address is nobody's: the answer is published all the same.
            _ = Uri.TryCreate(Text(body, "responseAddress"), UriKind.Absolute, out var caller);
            await context.AnnounceAsync(caller, finished);
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

    // A command that was read and failed all the same is complete: the runner could not tell how it went.
    private static string MessageFor(Exception exception) =>
        IsUnreadable(exception)
            ? "The message is not a complete command; docs/messages.md has its fields."
            : "The runner could not tell how the execution went.";

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
