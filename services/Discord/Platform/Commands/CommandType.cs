namespace CodeInterpreter.Discord.Platform.Commands;

internal enum CommandType
{
    /// <summary>Typed after a slash.</summary>
    Slash = 1,

    /// <summary>In the menu of a message.</summary>
    Message = 3,
}
