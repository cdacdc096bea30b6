using System.Text.Json;
using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Interactions;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Tests.Bot;

/// <summary>What users do, as Discord sends it.</summary>
internal static class Interactions
{
    public const string Ada = "100000000000000001";
    public const string Bob = "100000000000000002";

    public static Interaction Command(string id, string name, params IReadOnlyList<(string Name, object Value)> options) =>
        Of(id, InteractionType.Command) with
        {
            Data = new InteractionData
            {
                Name = name,
                Type = CommandType.Slash,
                Options =
                [
                    .. options.Select(option => new InteractionOption
                    {
                        Name = option.Name,
                        Value = JsonSerializer.SerializeToElement(option.Value),
                    }),
                ],
            },
        };

    public static Interaction Run(string id, string code) => Command(id, "run", ("code", code));

    public static Interaction MessageCommand(string id, Message message) =>
        Of(id, InteractionType.Command) with
        {
            Data = new InteractionData
            {
                Name = "Run code",
                Type = CommandType.Message,
                TargetId = message.Id,
                Resolved = new ResolvedData { Messages = new Dictionary<string, Message> { [message.Id] = message } },
            },
        };

    public static Interaction Modal(string id, string customId, string code, params IReadOnlyList<Attachment> files) =>
        Of(id, InteractionType.Modal) with
        {
            Data = new InteractionData
            {
                CustomId = customId,
                Components =
                [
                    MessageComponent.Labelled(
                        "Code",
                        null,
                        new MessageComponent
                        {
                            Type = ComponentType.TextInput,
                            CustomId = "code",
                            Value = code,
                        }
                    ),
                    MessageComponent.Labelled(
                        "Files",
                        null,
                        new MessageComponent
                        {
                            Type = ComponentType.FileUpload,
                            CustomId = "files",
                            Values = [.. files.Select(file => file.Id)],
                        }
                    ),
                ],
                Resolved = new ResolvedData { Attachments = files.ToDictionary(file => file.Id) },
            },
        };

    public static Interaction Button(string id, string customId, string? author = Ada) =>
        Of(id, InteractionType.Component) with
        {
            Data = new InteractionData { CustomId = customId, ComponentType = ComponentType.Button },
            Message = new Message
            {
                Id = "900",
                InteractionMetadata = author is null
                    ? null
                    : new MessageOrigin
                    {
                        Id = "1",
                        User = new DiscordUser { Id = author },
                    },
            },
        };

    /// <summary>The same, done by somebody else in a server.</summary>
    public static Interaction By(this Interaction interaction, string userId, string permissions = "0") =>
        interaction with
        {
            User = null,
            Member = new GuildMember
            {
                User = new DiscordUser { Id = userId },
                Permissions = permissions,
            },
        };

    /// <summary>The same, with attachments that its options name.</summary>
    public static Interaction With(this Interaction interaction, params IReadOnlyList<Attachment> files) =>
        interaction with
        {
            Data = interaction.Data! with { Resolved = new ResolvedData { Attachments = files.ToDictionary(file => file.Id) } },
        };

    public static Attachment Attachment(string id, string name, long size) =>
        new()
        {
            Id = id,
            Filename = name,
            Size = size,
            Url = Url(id, name),
        };

    public static string Url(string id, string name) => $"https://cdn.discordapp.com/ephemeral-attachments/{id}/{name}?ex=1&is=2&hm=3";

    private static Interaction Of(string id, InteractionType type) =>
        new()
        {
            Id = id,
            ApplicationId = "99",
            Type = type,
            Token = $"token-{id}",
            User = new DiscordUser { Id = Ada },
            AttachmentSizeLimit = 10 * 1024 * 1024,
        };
}
