namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>A framed part of a message.</summary>
internal sealed record Embed
{
    /// <summary>At most 256 characters.</summary>
    public string? Title { get; init; }

    /// <summary>At most 4096 characters.</summary>
    public string? Description { get; init; }

    public string? Url { get; init; }

    /// <summary>The colour of its edge, as 0xRRGGBB.</summary>
    public int? Color { get; init; }

    /// <summary>At most 25.</summary>
    public IReadOnlyList<EmbedField>? Fields { get; init; }

    public EmbedFooter? Footer { get; init; }

    public EmbedImage? Image { get; init; }
}

/// <param name="Name">At most 256 characters.</param>
/// <param name="Value">At most 1024 characters.</param>
/// <param name="Inline">Whether it may stand beside others.</param>
internal sealed record EmbedField(string Name, string Value, bool Inline = false);

/// <param name="Text">At most 2048 characters.</param>
internal sealed record EmbedFooter(string Text);

/// <param name="Url"><c>attachment://</c> and the name of a file that is sent with the message, or an address.</param>
internal sealed record EmbedImage(string Url);
