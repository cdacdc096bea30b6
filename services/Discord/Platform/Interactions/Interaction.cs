using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>What a user did, as Discord sends it. Discord may send one twice: it is the same one where <see cref="Id"/> is.</summary>
internal sealed record Interaction
{
    // The key of a server in authorizing_integration_owners; "1" is a user.
    private const string GuildOwner = "0";

    /// <summary>The snowflake: decimal digits.</summary>
    public string Id { get; set; } = "";

    public string ApplicationId { get; set; } = "";

    public InteractionType Type { get; init; }

    public InteractionData? Data { get; init; }

    /// <summary>The server; null outside of servers.</summary>
    public string? GuildId { get; init; }

    public string? ChannelId { get; init; }

    /// <summary>Who did it, in a server.</summary>
    public GuildMember? Member { get; init; }

    /// <summary>Who did it, outside of servers.</summary>
    public DiscordUser? User { get; init; }

    /// <summary>The right to answer, for 15 minutes. A secret.</summary>
    public string Token { get; set; } = "";

    /// <summary>The message whose button was pressed.</summary>
    public Message? Message { get; init; }

    /// <summary>What the bot may do in the channel: a number of 64 bits.</summary>
    public string? AppPermissions { get; init; }

    /// <summary>The user's language, such as <c>en-US</c>.</summary>
    public string? Locale { get; init; }

    public InteractionContext? Context { get; init; }

    /// <summary>Who installed the application: <c>0</c> a server, <c>1</c> a user, each with an id.</summary>
    public IReadOnlyDictionary<string, string>? AuthorizingIntegrationOwners { get; init; }

    /// <summary>The largest file in bytes that an answer may have; null where Discord does not say.</summary>
    public long? AttachmentSizeLimit { get; init; }

    /// <summary>Who did it; null for a ping.</summary>
    public DiscordUser? Invoker => Member?.User ?? User;

    public InteractionToken Reply => new(ApplicationId, Token);

    /// <summary>Whether only the user installed the application: then an interaction has at most five follow-ups.</summary>
    public bool IsInstalledByUserOnly => AuthorizingIntegrationOwners is { Count: > 0 } owners && !owners.ContainsKey(GuildOwner);

    /// <summary>Without the token.</summary>
    public override string ToString() => $"Interaction {Id}";
}
