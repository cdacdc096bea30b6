using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Conversations;
using CodeInterpreter.TestDiscord.Model;
using CodeInterpreter.TestDiscord.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>The routes that a bot needs which answers interactions.</summary>
internal sealed class RestApi(Application application, ConversationStore conversations, Snowflakes ids)
{
    private readonly ConcurrentDictionary<string, JsonArray> _commands = new();

    /// <summary>Where the gateway is.</summary>
    public string GatewayAddress { get; set; } = "";

    /// <summary>How many more sessions the bot may start today.</summary>
    public int SessionStartsLeft { get; set; } = 1000;

    /// <summary>The registered commands of a guild, or those for everywhere.</summary>
    public IReadOnlyList<JsonNode?> Commands(string? guildId = null) => [.. _commands.GetValueOrDefault(guildId ?? "", [])];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/gateway", () => new JsonObject { ["url"] = GatewayAddress });
        routes.MapGet("/gateway/bot", (HttpContext context) => AsBot(context, Gateway));
        routes.MapGet("/users/@me", (HttpContext context) => AsBot(context, application.ToUser));
        routes.MapGet("/applications/@me", (HttpContext context) => AsBot(context, application.ToJson));
        routes.MapGet("/oauth2/applications/@me", (HttpContext context) => AsBot(context, application.ToJson));
        foreach (var route in new[] { "/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands" })
        {
            routes.MapGet(route, (string app, string? guild, HttpContext context) => AsBot(context, () => CommandsOf(app, guild)));
            routes.MapPut(
                route,
                (string app, string? guild, HttpContext context) => AsBot(context, () => PutCommands(app, guild, context))
            );
        }

        routes.MapPost("/interactions/{id}/{token}/callback", Answer);
        routes.MapPost("/webhooks/{app}/{token}", FollowUp);
        const string message = "/webhooks/{app}/{token}/messages/{id}";
        routes.MapGet(message, (string app, string token, string id) => Get(app, token, id));
        routes.MapPatch(message, Edit);
        routes.MapDelete(message, Delete);
        routes.MapFallback(_ => throw ApiException.NotFound());
    }

    private static Body BodyOf(HttpContext context) => (Body)context.Items[typeof(Body)]!;

    private T AsBot<T>(HttpContext context, Func<T> act) =>
        context.Request.Headers.Authorization == $"Bot {application.Token}" ? act() : throw ApiException.Unauthorized();

    private JsonObject Gateway() =>
        new()
        {
            ["url"] = GatewayAddress,
            ["shards"] = 1,
            ["session_start_limit"] = new JsonObject
            {
                ["total"] = 1000,
                ["remaining"] = SessionStartsLeft,
                ["reset_after"] = 14_400_000,
                ["max_concurrency"] = 1,
            },
        };

    private JsonArray CommandsOf(string applicationId, string? guildId) =>
        applicationId == application.Id
            ? new JsonArray([.. Commands(guildId).Select(command => command!.DeepClone())])
            : throw ApiException.NotFound();

    private JsonArray PutCommands(string applicationId, string? guildId, HttpContext context)
    {
        if (applicationId != application.Id)
            throw ApiException.NotFound();
        if (BodyOf(context).Json is not JsonArray sent)
            throw ApiException.InvalidJson();
        ApiException.ThrowIfAny(CommandRules.Check(sent));
        var before = Commands(guildId);
        _commands[guildId ?? ""] = new JsonArray([.. sent.Select(command => Registered(command!, guildId, before))]);
        return CommandsOf(applicationId, guildId);
    }

    private JsonObject Registered(JsonNode sent, string? guildId, IReadOnlyList<JsonNode?> before)
    {
        var command = sent.DeepClone().AsObject();
        var type = CommandRules.TypeOf(sent);
        // A command that was there keeps its id.
        var same = before.FirstOrDefault(old => old.Text("name") == sent.Text("name") && CommandRules.TypeOf(old) == type);
        command["id"] = same.Text("id") ?? ids.Next();
        command["application_id"] = application.Id;
        command["version"] = ids.Next();
        command["type"] = type;
        command["description"] = sent.Text("description") ?? "";
        command["default_member_permissions"] = sent["default_member_permissions"]?.DeepClone();
        command["nsfw"] = sent.Flag("nsfw");
        command["integration_types"] = sent["integration_types"]?.DeepClone() ?? new JsonArray(0);
        command["contexts"] = sent["contexts"]?.DeepClone();
        if (guildId is not null)
            command["guild_id"] = guildId;
        return command;
    }

    private IResult Answer(string id, string token, bool? with_response, HttpContext context)
    {
        conversations.Answer(id, token, BodyOf(context));
        if (with_response is not true)
            return Results.NoContent();
        var conversation = conversations.Find(token);
        var resource = new JsonObject { ["type"] = conversation.AnswerType };
        if (conversation.Original is { } message)
            resource["message"] = message.ToJson(conversation, application);
        return Results.Json(
            new JsonObject
            {
                ["interaction"] = new JsonObject { ["id"] = id, ["type"] = conversation.Type },
                ["resource"] = resource,
            }
        );
    }

    private JsonObject FollowUp(string app, string token, HttpContext context)
    {
        CheckWebhook(app);
        return conversations.FollowUp(token, BodyOf(context)).ToJson(conversations.Find(token), application);
    }

    private JsonObject Get(string app, string token, string id)
    {
        CheckWebhook(app);
        var (conversation, message) = conversations.FindMessage(token, id);
        return message.ToJson(conversation, application);
    }

    private JsonObject Edit(string app, string token, string id, HttpContext context)
    {
        CheckWebhook(app);
        return conversations.Edit(token, id, BodyOf(context)).ToJson(conversations.Find(token), application);
    }

    private IResult Delete(string app, string token, string id)
    {
        CheckWebhook(app);
        conversations.Delete(token, id);
        return Results.NoContent();
    }

    private void CheckWebhook(string app)
    {
        if (app != application.Id)
            throw ApiException.UnknownWebhook();
    }
}
