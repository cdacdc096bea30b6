using System.Text.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.ServiceDefaults.Naming;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>
/// Publishes a <see cref="FailedMessage"/> for each message that an endpoint cannot process, instead of MassTransit's error queues, which
/// would keep the whole messages for ever.
/// </summary>
internal sealed partial class FailureRecord(TimeProvider time, ILogger<FailureRecord> logger)
    : IFilter<ExceptionReceiveContext>,
        IFilter<ReceiveContext>
{
    private const int MostReasons = 5;

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await RecordAsync(context, ReasonOf(context.Exception));
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        await RecordAsync(context, "NoConsumer");
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("failure-record");

    private async Task RecordAsync(ReceiveContext context, string reason)
    {
        var body = Parse(context);
        var failed = new FailedMessage
        {
            FailedIn = DirectQueues.QueueOf(context.InputAddress),
            MessageId = context.GetMessageId()?.ToString(),
            // In an envelope the message is one of its fields; a plain client sends the message alone.
            ExecutionId = IdIn(body?["message"] as JsonObject ?? body),
            Reason = reason,
            FailedAt = time.GetUtcNow(),
        };
        Failed(failed.FailedIn, failed.ExecutionId, reason);
        await time.ConfirmedAsync(
            async token =>
            {
                var operators = await context.PublishEndpointProvider.GetPublishSendEndpoint<FailedMessage>();
                await operators.Send(failed, token);
            },
            context.CancellationToken
        );
    }

    // Not their messages, which may contain anything.
    private static string ReasonOf(Exception exception)
    {
        var reasons = new List<string>();
        for (var cause = exception; cause is not null && reasons.Count < MostReasons; cause = cause.InnerException)
            reasons.Add(cause.GetType().Name);
        return string.Join(" < ", reasons);
    }

    private static JsonObject? Parse(ReceiveContext context)
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

    // Anything that is not an id may be a user's text.
    private static string? IdIn(JsonObject? message) =>
        message?["executionId"] is JsonValue value && value.TryGetValue<string>(out var id) && Identifier.IsValid(id) ? id : null;

    [LoggerMessage(
        903,
        LogLevel.Error,
        "A message in {Queue} for the execution {ExecutionId} could not be processed and was dropped: {Reason}"
    )]
    private partial void Failed(string queue, string? executionId, string reason);
}
