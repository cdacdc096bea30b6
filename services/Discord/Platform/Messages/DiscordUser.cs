namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>A person or a bot on Discord.</summary>
internal sealed record DiscordUser
{
    /// <summary>The snowflake: decimal digits.</summary>
    public required string Id { get; init; }

    public string Username { get; set; } = "";

    /// <summary>The name that is shown; null where the user has chosen none.</summary>
    public string? GlobalName { get; init; }

    public bool Bot { get; init; }
}
