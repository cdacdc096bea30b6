using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Json;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>The calls to Discord's API.</summary>
internal sealed class DiscordRest(RestSender sender) : IDiscordRest
{
    public Task AnswerAsync(
        string interactionId,
        InteractionToken token,
        InteractionResponse response,
        CancellationToken cancellationToken
    ) =>
        sender.SendAsync(
            WithJson(RestRoutes.Answer(interactionId, token), response, DiscordJson.Default.InteractionResponse),
            cancellationToken
        );

    public Task<Message> EditOriginalAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => SendMessageAsync(RestRoutes.EditOriginal(token), message, files, cancellationToken);

    public Task DeleteOriginalAsync(InteractionToken token, CancellationToken cancellationToken) =>
        sender.SendAsync(RestRoutes.DeleteOriginal(token), cancellationToken);

    public Task<Message> FollowUpAsync(
        InteractionToken token,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => SendMessageAsync(RestRoutes.FollowUp(token), message, files, cancellationToken);

    public Task<Message> EditMessageAsync(
        InteractionToken token,
        string messageId,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    ) => SendMessageAsync(RestRoutes.EditMessage(token, messageId), message, files, cancellationToken);

    public Task DeleteMessageAsync(InteractionToken token, string messageId, CancellationToken cancellationToken) =>
        sender.SendAsync(RestRoutes.DeleteMessage(token, messageId), cancellationToken);

    public async Task<Application> GetApplicationAsync(CancellationToken cancellationToken) =>
        Read(RestRoutes.Application, await sender.SendAsync(RestRoutes.Application, cancellationToken), RestJson.Default.Application);

    public Task PutCommandsAsync(
        string applicationId,
        string? guildId,
        IReadOnlyList<ApplicationCommand> commands,
        CancellationToken cancellationToken
    ) =>
        sender.SendAsync(
            WithJson(RestRoutes.Commands(applicationId, guildId), commands, DiscordJson.Default.IReadOnlyListApplicationCommand),
            cancellationToken
        );

    public async Task<GatewayAddress> GetGatewayAsync(CancellationToken cancellationToken) =>
        Read(RestRoutes.Gateway, await sender.SendAsync(RestRoutes.Gateway, cancellationToken), RestJson.Default.GatewayAddress);

    private async Task<Message> SendMessageAsync(
        RestRequest request,
        MessageBody message,
        IReadOnlyList<FilePart> files,
        CancellationToken cancellationToken
    )
    {
        var body = await sender.SendAsync(
            request with
            {
                Content = attempt => MessageContent.OfAsync(message, files, attempt),
            },
            cancellationToken
        );
        return Read(request, body, DiscordJson.Default.Message);
    }

    private static RestRequest WithJson<T>(RestRequest request, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return request with { Content = _ => Task.FromResult(MessageContent.OfJson(json)) };
    }

    private static T Read<T>(RestRequest request, byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new DiscordRestException(null, 0, $"Discord answered {request} with something else than expected.", exception);
        }
    }
}
