using System.Runtime.Serialization;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;
using CodeInterpreter.ServiceDefaults.Trust;
using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Seals the commands of this gateway, and checks the seals of deferred ones: runners can write to the deferred queue, and a gateway moves
/// its messages to the queue of the runners.
/// </summary>
internal sealed partial class CommandSeals(TrustTokens tokens, ILogger<CommandSeals> logger) : ISendObserver
{
    /// <summary>Whether commands need a seal: only if there is a trust key.</summary>
    public bool AreRequired => tokens.IsOn;

    /// <summary>
    /// Whether a deferred message may be moved: it is as its sender sealed it, and the runner's headers belong to its command. A refusal is
    /// logged.
    /// </summary>
    public bool Accept(string? contentType, ReadOnlyMemory<byte> body, string? seal, DeferredExecution? headers)
    {
        if (!AreRequired)
            return true;
        if (
            tokens.IsSeal(seal, contentType ?? "", body.Span)
            && Read(contentType, body) is { Code: not null, UserId: not null, ExecutionId: not null } command
            && (headers is null || (headers.ExecutionId == command.ExecutionId && headers.UserId == command.UserId))
        )
        {
            return true;
        }

        Refused();
        return false;
    }

    /// <summary>Seals a command that is about to be sent, when nothing more changes in it.</summary>
    public Task PreSend<T>(SendContext<T> context)
        where T : class
    {
        if (AreRequired && context is MessageSendContext<ExecuteCode> command)
        {
            var contentType = SystemTextJsonMessageSerializer.JsonContentType.MediaType;
            command.Headers.Set(DeferredExecutions.Seal, tokens.SealOf(contentType, command.Body.GetBytes()));
        }

        return Task.CompletedTask;
    }

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    /// <summary>
    /// Reads a command exactly as runners do. Only two formats are accepted, as runners could read another one differently.
    /// </summary>
    private static ExecuteCode? Read(string? contentType, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (contentType == SystemTextJsonRawMessageSerializer.JsonContentType.MediaType)
                return JsonSerializer.Deserialize<ExecuteCode>(body.Span, SystemTextJsonMessageSerializer.Options);
            if (contentType != SystemTextJsonMessageSerializer.JsonContentType.MediaType)
                return null;
            var envelope = SystemTextJsonMessageSerializer.Instance.Deserialize(
                new BytesMessageBody(body.ToArray()),
                new DictionarySendHeaders(new Dictionary<string, object?>())
            );
            return envelope.TryGetMessage<ExecuteCode>(out var command) ? command : null;
        }
        catch (Exception exception) when (exception is JsonException or SerializationException)
        {
            return null;
        }
    }

    [LoggerMessage(
        23,
        LogLevel.Warning,
        "A command in the deferred queue was dropped: its seal is missing or wrong, so a runner has invented or changed it"
    )]
    private partial void Refused();
}
