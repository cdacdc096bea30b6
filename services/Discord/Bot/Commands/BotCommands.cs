using CodeInterpreter.Discord.Platform.Commands;

namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>The commands, as Discord shows them.</summary>
internal sealed class BotCommands : ICommandSource
{
    public const string Run = "run";
    public const string RunMessage = "Run code";
    public const string Files = "files";
    public const string File = "file";
    public const string Delete = "delete";
    public const string Help = "help";

    public const string CodeOption = "code";
    public const string StdinOption = "stdin";
    public const string PrivateOption = "private";
    public const string IdOption = "id";

    /// <summary>Files of <c>/run</c>, <c>file1</c> and so on.</summary>
    public const int FileOptions = 5;

    // The longest text that Discord takes.
    private const int MaxText = 6000;
    private const int MaxId = 160;

    public IReadOnlyList<ApplicationCommand> Commands { get; } =
    [
        Slash(
            Run,
            "Run Python code. Without code, a window opens for longer code and more files.",
            [
                new CommandOption(OptionType.Text, CodeOption, "Python code, also of several lines") { MaxLength = MaxText },
                .. Enumerable
                    .Range(1, FileOptions)
                    .Select(number => new CommandOption(
                        OptionType.Attachment,
                        FileOption(number),
                        "A file that the code can open by its name"
                    )),
                new CommandOption(OptionType.Text, StdinOption, "What input() reads, one line for each call") { MaxLength = MaxText },
                new CommandOption(OptionType.Boolean, PrivateOption, "Only you see the answer"),
            ]
        ),
        Slash(Files, "List your files", []),
        Slash(
            File,
            "Get one of your files",
            [new CommandOption(OptionType.Text, IdOption, "Its id, as in the answer that made it") { Required = true, MaxLength = MaxId }]
        ),
        Slash(
            Delete,
            "Delete one of your files, or everything that is stored of you",
            [new CommandOption(OptionType.Text, IdOption, "The id of a file; without it, everything") { MaxLength = MaxId }]
        ),
        Slash(Help, "What this bot can do, and its limits", []),
        new ApplicationCommand { Type = CommandType.Message, Name = RunMessage },
    ];

    public static string FileOption(int number) => $"file{number}";

    private static ApplicationCommand Slash(string name, string description, IReadOnlyList<CommandOption> options) =>
        new()
        {
            Name = name,
            Description = description,
            Options = options,
        };
}
