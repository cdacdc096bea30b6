namespace CodeInterpreter.Discord.Platform.Commands;

/// <summary>An option of a command as it is registered.</summary>
/// <param name="Type">What it takes.</param>
/// <param name="Name">At most 32 characters in lower case.</param>
/// <param name="Description">At most 100 characters.</param>
internal sealed record CommandOption(OptionType Type, string Name, string Description)
{
    public bool Required { get; init; }

    /// <summary>The longest text, at most 6000.</summary>
    public int? MaxLength { get; init; }
}
