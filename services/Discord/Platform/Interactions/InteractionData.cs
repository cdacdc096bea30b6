using CodeInterpreter.Discord.Platform.Commands;
using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>The details of an interaction: which of them there are depends on its type.</summary>
internal sealed record InteractionData
{
    /// <summary>The id of a command.</summary>
    public string? Id { get; init; }

    /// <summary>The name of a command.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of a command.</summary>
    public CommandType? Type { get; init; }

    /// <summary>The options that the user has given to a command.</summary>
    public IReadOnlyList<InteractionOption> Options { get; set; } = [];

    /// <summary>What the ids in it stand for.</summary>
    public ResolvedData? Resolved { get; init; }

    /// <summary>The message that a message command is used on; <see cref="ResolvedData.Messages"/> has it.</summary>
    public string? TargetId { get; init; }

    /// <summary>Our name for a button or a modal. Input from outside.</summary>
    public string? CustomId { get; init; }

    public ComponentType? ComponentType { get; init; }

    /// <summary>What a modal was filled in with.</summary>
    public IReadOnlyList<MessageComponent> Components { get; set; } = [];

    /// <summary>The option of that name; null where the user has not given it.</summary>
    public InteractionOption? Option(string name) => Options.FirstOrDefault(option => option.Name == name);

    /// <summary>The input of a modal, in whatever it stands.</summary>
    public MessageComponent? Input(string customId) =>
        Components.SelectMany(component => component.Flatten()).FirstOrDefault(component => component.CustomId == customId);
}
