using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Platform.Rest;

/// <summary>The calls that the bot makes.</summary>
internal static class RestRoutes
{
    private const int InteractionAlreadyAnswered = 40060;
    private const int UnknownMessage = 10008;
    private const string Original = "@original";

    public static RestRequest Application { get; } =
        new(HttpMethod.Get, "applications/@me", "applications/@me", "") { NeedsBotToken = true };

    public static RestRequest Gateway { get; } = new(HttpMethod.Get, "gateway/bot", "gateway/bot", "") { NeedsBotToken = true };

    public static RestRequest Commands(string applicationId, string? guildId) =>
        guildId is null
            ? new(HttpMethod.Put, "applications/{id}/commands", $"applications/{applicationId}/commands", applicationId)
            {
                NeedsBotToken = true,
            }
            : new(
                HttpMethod.Put,
                "applications/{id}/guilds/{guild}/commands",
                $"applications/{applicationId}/guilds/{guildId}/commands",
                guildId
            )
            {
                NeedsBotToken = true,
            };

    public static RestRequest Answer(string interactionId, InteractionToken token) =>
        new(
            HttpMethod.Post,
            "interactions/{id}/{token}/callback",
            $"interactions/{interactionId}/{Uri.EscapeDataString(token.Token)}/callback",
            interactionId
        )
        {
            DoneAlready = InteractionAlreadyAnswered,
        };

    public static RestRequest FollowUp(InteractionToken token) =>
        new(HttpMethod.Post, "webhooks/{application}/{token}", Webhook(token), Webhook(token)) { IsRepeatable = false };

    public static RestRequest EditOriginal(InteractionToken token) => OnMessage(HttpMethod.Patch, token, Original);

    public static RestRequest DeleteOriginal(InteractionToken token) => OnMessage(HttpMethod.Delete, token, Original);

    public static RestRequest EditMessage(InteractionToken token, string messageId) =>
        OnMessage(HttpMethod.Patch, token, Uri.EscapeDataString(messageId));

    public static RestRequest DeleteMessage(InteractionToken token, string messageId) =>
        OnMessage(HttpMethod.Delete, token, Uri.EscapeDataString(messageId));

    private static RestRequest OnMessage(HttpMethod method, InteractionToken token, string message) =>
        new(
            method,
            $"webhooks/{{application}}/{{token}}/messages/{(message == Original ? Original : "{message}")}",
            $"{Webhook(token)}/messages/{message}",
            Webhook(token)
        )
        {
            DoneAlready = method == HttpMethod.Delete ? UnknownMessage : 0,
        };

    private static string Webhook(InteractionToken token) => $"webhooks/{token.ApplicationId}/{Uri.EscapeDataString(token.Token)}";
}
