using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Conversations;

/// <summary>A message as the API returns it.</summary>
internal static class MessageJson
{
    // What a slash command, a command of a message's menu, and a button or modal are answered with.
    private const int SlashReply = 20;
    private const int MenuReply = 23;
    private const int Reply = 19;
    private const long Loading = 1 << 7;

    public static JsonObject ToJson(this Message message, Conversation conversation, Application application)
    {
        var interaction = conversation.Interaction;
        var metadata = new JsonObject
        {
            ["id"] = conversation.Id,
            ["type"] = conversation.Type,
            ["user"] = conversation.Person.ToUser(),
            ["authorizing_integration_owners"] = interaction["authorizing_integration_owners"]!.DeepClone(),
        };
        if (conversation.Type == 3)
            metadata["interacted_message_id"] = interaction["message"].Text("id");
        if (conversation.Type == 5)
            metadata["triggering_interaction_metadata"] = new JsonObject
            {
                ["id"] = conversation.Id,
                ["type"] = 2,
                ["user"] = conversation.Person.ToUser(),
                ["authorizing_integration_owners"] = interaction["authorizing_integration_owners"]!.DeepClone(),
            };
        return new JsonObject
        {
            ["id"] = message.Id,
            ["type"] =
                conversation.Type != 2 ? Reply
                : interaction["data"].Number("type") == 1 ? SlashReply
                : MenuReply,
            ["channel_id"] = interaction.Text("channel_id"),
            ["author"] = application.ToUser(),
            ["content"] = message.Content,
            ["timestamp"] = conversation.ReceivedAt.ToString("O"),
            ["edited_timestamp"] = message.Edits > 0 ? conversation.ReceivedAt.ToString("O") : null,
            ["tts"] = false,
            ["mention_everyone"] = false,
            ["mentions"] = new JsonArray(),
            ["mention_roles"] = new JsonArray(),
            ["attachments"] = new JsonArray([.. message.Files.Select(ToJson)]),
            ["embeds"] = new JsonArray([.. message.Embeds.Select(embed => WithType(embed))]),
            ["components"] = new JsonArray([.. message.Components.Select((row, index) => WithId(row, index))]),
            ["pinned"] = false,
            ["flags"] = message.Flags | (message.IsDeferred ? Loading : 0L),
            ["webhook_id"] = application.Id,
            ["application_id"] = application.Id,
            ["interaction_metadata"] = metadata,
        };
    }

    private static JsonObject ToJson(SentFile file)
    {
        var attachment = new JsonObject
        {
            ["id"] = file.Id,
            ["filename"] = file.FileName,
            ["size"] = file.Bytes.Length,
            ["url"] = file.Address.ToString(),
            ["proxy_url"] = file.Address.ToString(),
        };
        if (file.ContentType is not null)
            attachment["content_type"] = file.ContentType;
        if (file.Description is not null)
            attachment["description"] = file.Description;
        return attachment;
    }

    private static JsonNode? WithType(JsonNode? embed)
    {
        var copy = embed?.DeepClone();
        copy!["type"] = "rich";
        return copy;
    }

    // Discord numbers the components that have no number.
    private static JsonNode? WithId(JsonNode? row, int index)
    {
        var copy = row!.DeepClone();
        copy["id"] = index * 10 + 1;
        foreach (var (button, number) in copy.Items("components").Select((button, number) => (button, number)))
            button!["id"] = index * 10 + number + 2;
        return copy;
    }
}
