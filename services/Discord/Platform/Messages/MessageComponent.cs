namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>A part of a message or of a modal that a user can press or fill in, or one that holds others.</summary>
internal sealed record MessageComponent
{
    // Discord's number for a text input of several lines.
    private const int Paragraph = 2;

    public ComponentType Type { get; init; }

    /// <summary>Our name for it, 1 to 100 characters. Input from outside when it comes back.</summary>
    public string? CustomId { get; init; }

    /// <summary>The <see cref="ButtonStyle"/> of a button; 1 or 2, one line or several, of a text input.</summary>
    public int? Style { get; init; }

    /// <summary>At most 80 characters on a button, 45 in a modal.</summary>
    public string? Label { get; init; }

    /// <summary>At most 100 characters, below the label.</summary>
    public string? Description { get; init; }

    /// <summary>Where a link leads, at most 512 characters.</summary>
    public string? Url { get; init; }

    public bool? Disabled { get; init; }

    public string? Placeholder { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinValues { get; init; }

    public int? MaxValues { get; init; }

    public bool? Required { get; init; }

    /// <summary>What a text input has, or was given.</summary>
    public string? Value { get; init; }

    /// <summary>The ids of the attachments that an upload was given.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What a row holds.</summary>
    public IReadOnlyList<MessageComponent>? Components { get; init; }

    /// <summary>What a label holds.</summary>
    public MessageComponent? Component { get; init; }

    /// <summary>Up to five buttons beside each other.</summary>
    public static MessageComponent Row(params IReadOnlyList<MessageComponent> buttons) =>
        new() { Type = ComponentType.ActionRow, Components = buttons };

    public static MessageComponent Button(ButtonStyle style, string label, string customId) =>
        new()
        {
            Type = ComponentType.Button,
            Style = (int)style,
            Label = label,
            CustomId = customId,
        };

    public static MessageComponent Link(string label, string url) =>
        new()
        {
            Type = ComponentType.Button,
            Style = (int)ButtonStyle.Link,
            Label = label,
            Url = url,
        };

    /// <summary>A text above an input of a modal.</summary>
    public static MessageComponent Labelled(string label, string? description, MessageComponent input) =>
        new()
        {
            Type = ComponentType.Label,
            Label = label,
            Description = description,
            Component = input,
        };

    /// <summary>A text input of several lines; at most 4000 characters.</summary>
    public static MessageComponent Text(string customId, int maxLength, bool required, string? placeholder = null) =>
        new()
        {
            Type = ComponentType.TextInput,
            CustomId = customId,
            Style = Paragraph,
            MaxLength = maxLength,
            Required = required,
            Placeholder = placeholder,
        };

    /// <summary>An upload of at most ten files.</summary>
    public static MessageComponent Upload(string customId, int maxFiles) =>
        new()
        {
            Type = ComponentType.FileUpload,
            CustomId = customId,
            MinValues = 0,
            MaxValues = maxFiles,
            Required = false,
        };

    /// <summary>This component and all that it holds, at any depth.</summary>
    public IEnumerable<MessageComponent> Flatten() =>
        [this, .. (Components ?? []).SelectMany(inner => inner.Flatten()), .. Component?.Flatten() ?? []];
}
