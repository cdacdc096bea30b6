using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Storage;

namespace CodeInterpreter.Discord.Bot.Settings;

/// <summary>What the bot remembers and takes, section <c>Discord:Bot</c>.</summary>
public sealed class BotOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Discord:Bot";

    /// <summary>
    /// Directory of the database of requests and pending answers, unless <c>Database:Provider</c> is MongoDB; a missing one is created.
    /// <c>code-interpreter/discord</c> in the account's folder for such by default, <c>~/.local/share</c> on Linux. Nobody but that
    /// account can read it.
    /// </summary>
    [Required]
    public string DataDirectory { get; set; } = PrivateDirectory.Default("discord");

    /// <summary>
    /// The largest attachment in bytes that a user may give to code. 50 MiB by default: as much as the file store takes. At most 500 MiB,
    /// which is the most that Discord takes from its users.
    /// </summary>
    [Range(1, 500L * 1024 * 1024)]
    public long MaxAttachmentBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>
    /// An address on this machine from which attachments are fetched, too. For tests only. By default they are fetched from Discord's hosts
    /// and from nowhere else.
    /// </summary>
    public Uri? TestAttachmentBase { get; set; }
}
