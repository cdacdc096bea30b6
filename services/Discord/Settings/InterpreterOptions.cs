using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Discord.Settings;

/// <summary>The gateway that runs the code, section <c>Discord:Interpreter</c>.</summary>
public sealed class InterpreterOptions
{
    /// <summary>Where the options are in the configuration.</summary>
    public const string Section = "Discord:Interpreter";

    /// <summary>The gateway's gRPC address. By default where <c>make run</c> and <c>make up</c> listen.</summary>
    [Required]
    [WebAddress]
    public Uri Address { get; set; } = new("http://127.0.0.1:8081");

    /// <summary>The bot's key for the gateway, <c>ci_...</c>. Empty by default: the gateway may need none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>A file with that key, instead of <see cref="ApiKey"/>. Empty by default.</summary>
    public string ApiKeyFile { get; set; } = "";
}
