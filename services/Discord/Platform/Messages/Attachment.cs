namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>A file on Discord: an option of a command, an upload in a modal, or a part of a message.</summary>
internal sealed record Attachment
{
    public required string Id { get; init; }

    public string Filename { get; set; } = "";

    /// <summary>Its size in bytes, as Discord says.</summary>
    public long Size { get; init; }

    /// <summary>Where it can be fetched. Input from outside: check the host before use.</summary>
    public string Url { get; set; } = "";

    public string? ContentType { get; init; }

    public string? Description { get; init; }
}
