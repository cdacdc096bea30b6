using System.Runtime.Serialization;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Deferred;
using CodeInterpreter.ServiceDefaults.Trust;
using MassTransit;
using MassTransit.Serialization;

namespace CodeInterpreter.Gateway.Executions.Messaging;

/// <summary>
/// Keeps out of the runners' queue what no gateway and no client has put there: the deferred queue is open to runners, and a gateway
/// moves its messages on.
/// </summary>
internal sealed partial class CommandSeals(TrustTokens tokens, ILogger<CommandSeals> logger)
{
    /// <summary>Whether commands need a seal; not so without a key.</summary>
    public bool AreAskedFor => tokens.IsOn;

    /// <summary>
    /// Whether a deferred message may be moved on: its command is sealed, and its headers name that command. One that may not is logged.
    /// </summary>
    public bool Accept(string? contentType, ReadOnlyMemory<byte> body, DeferredExecution? headers)
    {
        if (!AreAskedFor)
            return true;
        if (
            Read(contentType, body) is { Code: not null, UserId: not null, ExecutionId: not null } command
            && (headers is null || (headers.ExecutionId == command.ExecutionId && headers.UserId == command.UserId))
            && tokens.IsSeal(command.Seal, command.UserId, command.ExecutionId, command.Deadline, command.Code)
        )
        {
            return true;
        }

        Refused();
        return false;
    }

    /// <summary>
    /// Reads a command exactly as runners do. Its form has to be one of the two that are known: runners could read another one differently.
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
        "A command in the deferred queue was dropped: its seal is missing or wrong, so a runner has made it up or changed it"
    )]
    private partial void Refused();
}
