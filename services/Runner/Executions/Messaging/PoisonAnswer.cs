using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;

namespace CodeInterpreter.Runner.Executions.Messaging;

/// <summary>
/// Answers a message that cannot be read as a command, as far as it says whom to answer, before it goes to the error queue.
/// </summary>
internal sealed class PoisonAnswer(string runnerId, TimeProvider time) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (Parse(context) is { } body && AnswerTo(body) is { } finished)
        {
            var caller = Text(body, "responseAddress") is { } address ? new Uri(address) : null;
            await context.AnnounceAsync(caller, finished);
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("poison-answer");

    private ExecutionFinished? AnswerTo(JsonObject body)
    {
        // In an envelope the command is its message; a plain client sends the command alone.
        var command = body["message"] as JsonObject ?? body;
        if (Text(command, "executionId") is not { } executionId || Text(command, "userId") is not { } userId) return null;

        return new ExecutionFinished
        {
            ExecutionId = executionId,
            UserId = userId,
            RunnerId = runnerId,
            FinishedAt = time.GetUtcNow(),
            Result = new Contracts.ExecutionResult
            {
                Outcome = Outcome.SandboxFailed,
                KilledBy = KilledBy.Runner,
                Message = "The message is not a complete command; docs/messages.md has its fields.",
            },
        };
    }

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
