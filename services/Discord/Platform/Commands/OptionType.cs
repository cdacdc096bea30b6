namespace CodeInterpreter.Discord.Platform.Commands;

internal enum OptionType
{
    Subcommand = 1,
    Text = 3,
    Boolean = 5,
    Attachment = 11,
}
