using CodeInterpreter.ServiceDefaults.Storage;

namespace CodeInterpreter.Standalone;

/// <summary>The whole product in one process, section <c>Standalone</c>.</summary>
internal sealed class StandaloneOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Standalone";

    /// <summary>
    /// The directory of all data. By default <c>code-interpreter</c> in the account's folder for application data, <c>~/.local/share</c>
    /// on Linux: the service and its commands find it from every working directory. Only that account can read it.
    /// </summary>
    public string DataDirectory { get; set; } = PrivateDirectory.Default("");
}
