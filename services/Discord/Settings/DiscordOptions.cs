using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Discord.Settings;

/// <summary>The bot on Discord, section <c>Discord</c>.</summary>
public sealed class DiscordOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Discord";

    private const string Snowflakes = @"^([0-9]{17,20}([,\s]+[0-9]{17,20})*)?$";

    /// <summary>
    /// How interactions come to the service. <c>Gateway</c> by default: that works behind a home router, too. With <c>Http</c>, enter the
    /// address of <c>/interactions</c> as the application's "Interactions Endpoint URL"; with <c>Gateway</c>, leave that field empty.
    /// </summary>
    [EnumDataType(typeof(DiscordConnection))]
    public DiscordConnection Connection { get; set; } = DiscordConnection.Gateway;

    /// <summary>The bot's token, from the page "Bot" of the application. This or <see cref="BotTokenFile"/> must be set.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>A file with the bot's token, instead of <see cref="BotToken"/>. Empty by default.</summary>
    public string BotTokenFile { get; set; } = "";

    /// <summary>
    /// The key with which Discord signs its calls, 64 hexadecimal digits, from the page "General Information" of the application. Empty by
    /// default: the service asks Discord for it at its start. Used with the connection <c>Http</c>.
    /// </summary>
    [RegularExpression("^([0-9a-fA-F]{64})?$")]
    public string PublicKey { get; set; } = "";

    /// <summary>
    /// How old the signature of a call may be, or how far ahead of this machine's clock. Default 5 minutes: an older call could be one that
    /// somebody recorded.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan MaxSignatureAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The ids of the servers whose members may use the bot, separated by commas. Empty by default: everybody may. With a list, direct
    /// messages are refused, too, as they belong to no server.
    /// </summary>
    [RegularExpression(Snowflakes)]
    public string AllowedGuilds { get; set; } = "";

    /// <summary>
    /// The ids of servers that get the commands, separated by commas. Empty by default: the commands are registered for all servers and
    /// users. For trials: commands of one server change at once.
    /// </summary>
    [RegularExpression(Snowflakes)]
    public string CommandGuilds { get; set; } = "";

    /// <summary>Whether the service registers its commands at each start, true by default. False if you register them otherwise.</summary>
    public bool RegisterCommands { get; set; } = true;

    /// <summary>Discord's API, with its version. Another one only for tests and proxies.</summary>
    [Required]
    [WebAddress]
    public Uri ApiBase { get; set; } = new("https://discord.com/api/v10");

    /// <summary>
    /// The operator's website, which Discord wants to see in each call. By default a name that leads nowhere.
    /// </summary>
    [Required]
    [WebAddress]
    public Uri Website { get; set; } = new("https://code-interpreter.invalid");

    internal IReadOnlyList<string> AllowedGuildIds => Ids(AllowedGuilds);

    internal IReadOnlyList<string> CommandGuildIds => Ids(CommandGuilds);

    // Without separators, Split takes all white space, as the expression above does.
    private static string[] Ids(string list) => list.Replace(',', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
