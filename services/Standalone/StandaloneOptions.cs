using CodeInterpreter.ServiceDefaults.Storage;

namespace CodeInterpreter.Standalone;

/// <summary>The whole product in one process, section <c>Standalone</c>.</summary>
internal sealed class StandaloneOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Standalone";

    /// <summary>
    /// Where everything is kept. <c>code-interpreter</c> in the account's folder for such by default, <c>~/.local/share</c> on Linux: the
    /// service and its commands find the same from wherever they are started. Only that account can read it.
    /// </summary>
    public string DataDirectory { get; set; } = PrivateDirectory.Default("");
}
