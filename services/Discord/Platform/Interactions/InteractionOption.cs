using System.Text.Json;
using CodeInterpreter.Discord.Platform.Commands;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>An option of a command, as a user has given it.</summary>
internal sealed record InteractionOption
{
    public string Name { get; set; } = "";

    public OptionType Type { get; init; }

    public JsonElement? Value { get; init; }

    /// <summary>The options of a subcommand.</summary>
    public IReadOnlyList<InteractionOption> Options { get; set; } = [];

    /// <summary>The text of a string, or the id of an attachment; null for other kinds.</summary>
    public string? Text => Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool IsTrue => Value is { ValueKind: JsonValueKind.True };
}
