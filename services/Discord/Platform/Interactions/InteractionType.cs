namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>What a user did. Discord adds kinds over time: unknown ones keep their number.</summary>
internal enum InteractionType
{
    /// <summary>Discord asks whether we answer.</summary>
    Ping = 1,
    Command = 2,

    /// <summary>A button was pressed.</summary>
    Component = 3,
    Autocomplete = 4,

    /// <summary>A modal was sent.</summary>
    Modal = 5,
}
