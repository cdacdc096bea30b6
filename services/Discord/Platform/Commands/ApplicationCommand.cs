namespace CodeInterpreter.Discord.Platform.Commands;

/// <summary>A command as it is registered.</summary>
internal sealed record ApplicationCommand
{
    public CommandType Type { get; init; } = CommandType.Slash;

    /// <summary>At most 32 characters; those of a slash command are in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>At most 100 characters; null for a message command, which must have none.</summary>
    public string? Description { get; init; }

    /// <summary>At most 25.</summary>
    public IReadOnlyList<CommandOption>? Options { get; init; }

    /// <summary>Who can install it: 0 servers, 1 users. Null for a command of one server.</summary>
    public IReadOnlyList<int>? IntegrationTypes { get; init; } = [0, 1];

    /// <summary>Where it can be used: 0 in servers, 1 with the bot, 2 in private channels. Null for a command of one server.</summary>
    public IReadOnlyList<int>? Contexts { get; init; } = [0, 1, 2];
}
