namespace CodeInterpreter.Discord.Platform.Messages;

internal enum ComponentType
{
    ActionRow = 1,
    Button = 2,
    TextInput = 4,
    Label = 18,
    FileUpload = 19,
}
