using System.Text.Json.Nodes;
using CodeInterpreter.TestDiscord.Files;
using CodeInterpreter.TestDiscord.Model;

namespace CodeInterpreter.TestDiscord.Interactions;

/// <summary>Interactions as Discord sends them.</summary>
internal sealed class InteractionFactory(Application application, FileHost files, Snowflakes ids)
{
    private const int Command = 2;
    private const int Component = 3;
    private const int ModalSubmit = 5;
    private const int MessageCommand = 3;
    private const int AttachmentOption = 11;

    // All that a bot may need in a channel.
    private const string AppPermissions = "2248473465835073";

    public JsonObject Ping() =>
        new()
        {
            ["version"] = 1,
            ["type"] = 1,
            ["token"] = NewToken(),
            ["id"] = ids.Next(),
            ["application_id"] = application.Id,
            ["entitlements"] = new JsonArray(),
            ["user"] = new Person(ids.Next(), "Portal").ToUser(),
            ["authorizing_integration_owners"] = new JsonObject(),
            ["app_permissions"] = AppPermissions,
            ["attachment_size_limit"] = 10 << 20,
        };

    /// <summary>A slash command with options, whose values are text, numbers, true or false, and files.</summary>
    /// <param name="person">Who gives it.</param>
    /// <param name="place">Where.</param>
    /// <param name="command">The command as it was registered.</param>
    /// <param name="options">The names and values of the options.</param>
    public JsonObject Slash(Person person, Place place, JsonNode command, IEnumerable<(string Name, object Value)> options)
    {
        var attachments = new JsonObject();
        var given = new JsonArray();
        foreach (var (name, value) in options)
        {
            var option =
                command.Items("options").SingleOrDefault(option => option.Text("name") == name)
                ?? throw new InvalidOperationException($"/{command.Text("name")} has no option {name}.");
            if (value is string { Length: var length } && length > (option.Number("max_length") ?? 6000))
                throw new InvalidOperationException($"{name} takes at most {option.Number("max_length")} characters.");
            if (value is Upload != (option.Number("type") == AttachmentOption))
                throw new InvalidOperationException($"{name} takes another kind of value.");
            given.Add(
                new JsonObject
                {
                    ["name"] = name,
                    ["type"] = option.Number("type"),
                    ["value"] = value is Upload upload ? Attach(attachments, place, upload) : JsonValue.Create(value),
                }
            );
        }

        foreach (var missing in command.Items("options").Where(option => option.Flag("required")))
            if (!given.Any(option => option.Text("name") == missing.Text("name")))
                throw new InvalidOperationException($"/{command.Text("name")} needs {missing.Text("name")}.");
        var data = DataOf(command);
        if (given.Count > 0)
            data["options"] = given;
        if (attachments.Count > 0)
            data["resolved"] = new JsonObject { ["attachments"] = attachments };
        return New(Command, person, place, data);
    }

    /// <summary>A command of the menu of a message that somebody wrote.</summary>
    public JsonObject OnMessage(
        Person person,
        Place place,
        JsonNode command,
        Person author,
        string content,
        params IEnumerable<Upload> uploads
    )
    {
        var attachments = new JsonObject();
        foreach (var upload in uploads)
            Attach(attachments, place, upload);
        var message = new JsonObject
        {
            ["id"] = ids.Next(),
            ["type"] = 0,
            ["channel_id"] = place.ChannelId,
            ["author"] = author.ToUser(),
            ["content"] = content,
            ["timestamp"] = "2024-10-01T10:30:00.000000+00:00",
            ["edited_timestamp"] = null,
            ["tts"] = false,
            ["mention_everyone"] = false,
            ["mentions"] = new JsonArray(),
            ["mention_roles"] = new JsonArray(),
            ["attachments"] = new JsonArray([.. attachments.Select(attachment => attachment.Value!.DeepClone())]),
            ["embeds"] = new JsonArray(),
            ["components"] = new JsonArray(),
            ["pinned"] = false,
            ["flags"] = 0,
        };
        var data = DataOf(command);
        data["type"] = MessageCommand;
        data["target_id"] = message.Text("id");
        data["resolved"] = new JsonObject { ["messages"] = new JsonObject { [message.Text("id")!] = message } };
        return New(Command, person, place, data);
    }

    /// <summary>A button of a message.</summary>
    public JsonObject Press(Person person, Place place, JsonObject message, string customId)
    {
        var data = new JsonObject { ["custom_id"] = customId, ["component_type"] = 2 };
        var interaction = New(Component, person, place, data);
        interaction["message"] = message;
        return interaction;
    }

    /// <summary>A modal, filled in.</summary>
    /// <param name="person">Who sends it.</param>
    /// <param name="place">Where.</param>
    /// <param name="modal">The modal as the bot sent it.</param>
    /// <param name="texts">What is in the text fields, by their custom ids; the others are empty.</param>
    /// <param name="uploads">The files for the file field.</param>
    public JsonObject Submit(
        Person person,
        Place place,
        JsonNode modal,
        IReadOnlyDictionary<string, string> texts,
        IEnumerable<Upload> uploads
    )
    {
        var attachments = new JsonObject();
        var given = uploads.ToList();
        var components = new JsonArray();
        foreach (var (component, number) in modal.Items("components").Select((component, index) => (component, index * 2 + 1)))
        {
            if ((component as JsonObject)?["component"] is not { } field)
                throw new InvalidOperationException("This stand-in fills in fields in labels only.");
            var filled = new JsonObject
            {
                ["type"] = field.Number("type"),
                ["id"] = number + 1,
                ["custom_id"] = field.Text("custom_id"),
            };
            if (field.Number("type") == 4)
                filled["value"] = texts.GetValueOrDefault(field.Text("custom_id")!, "");
            else
                filled["values"] = new JsonArray([.. given.Select(upload => Attach(attachments, place, upload))]);
            components.Add(
                new JsonObject
                {
                    ["type"] = component.Number("type"),
                    ["id"] = number,
                    ["component"] = filled,
                }
            );
        }

        var data = new JsonObject { ["custom_id"] = modal.Text("custom_id"), ["components"] = components };
        if (attachments.Count > 0)
            data["resolved"] = new JsonObject { ["attachments"] = attachments };
        return New(ModalSubmit, person, place, data);
    }

    private static JsonObject DataOf(JsonNode command)
    {
        var data = new JsonObject
        {
            ["id"] = command.Text("id"),
            ["name"] = command.Text("name"),
            ["type"] = command.Number("type"),
        };
        if (command.Text("guild_id") is { } guildId)
            data["guild_id"] = guildId;
        return data;
    }

    private static string NewToken() => $"aW50ZXJhY3Rpb246{Guid.NewGuid():N}{Guid.NewGuid():N}";

    private JsonValue Attach(JsonObject attachments, Place place, Upload upload)
    {
        var id = ids.Next();
        var address = $"{upload.Address ?? files.Add(place.ChannelId, id, upload.FileName, upload.Bytes)}";
        var attachment = new JsonObject
        {
            ["id"] = id,
            ["filename"] = upload.FileName,
            ["size"] = upload.ReportedSize ?? upload.Bytes.Length,
            ["url"] = address,
            ["proxy_url"] = address,
            ["ephemeral"] = true,
        };
        if (upload.ContentType is not null)
            attachment["content_type"] = upload.ContentType;
        attachments[id] = attachment;
        return JsonValue.Create(id);
    }

    private JsonObject New(int type, Person person, Place place, JsonObject data)
    {
        var interaction = new JsonObject
        {
            ["version"] = 1,
            ["type"] = type,
            ["token"] = NewToken(),
            ["id"] = ids.Next(),
            ["application_id"] = application.Id,
            ["data"] = data,
            ["channel"] = place.ToChannel(),
            ["channel_id"] = place.ChannelId,
            ["locale"] = person.Locale,
            ["entitlements"] = new JsonArray(),
            ["app_permissions"] = AppPermissions,
            ["attachment_size_limit"] = person.AttachmentSizeLimit,
        };
        if (place.GuildId is not null)
        {
            interaction["guild_id"] = place.GuildId;
            interaction["guild_locale"] = "en-US";
            interaction["member"] = person.ToMember();
            interaction["context"] = 0;
            interaction["authorizing_integration_owners"] = new JsonObject { ["0"] = place.GuildId };
        }
        else
        {
            interaction["user"] = person.ToUser();
            interaction["context"] = 1;
            interaction["authorizing_integration_owners"] = new JsonObject { ["1"] = person.Id };
        }

        return interaction;
    }
}
