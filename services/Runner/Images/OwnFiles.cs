using System.Reflection;

namespace CodeInterpreter.Runner.Images;

/// <summary>
/// The files of the sandbox image that this runner was built with: the supervisor, and what every Python in a sandbox imports by itself.
/// </summary>
internal static class OwnFiles
{
    /// <summary>Where the supervisor is in the image.</summary>
    public const string Supervisor = "/opt/supervisor";

    /// <summary>Where the package for the code is in the image; process 1 imports it, too.</summary>
    public const string Package = "/usr/lib/python3/dist-packages/code_interpreter";

    /// <summary>What makes each Python import it.</summary>
    public const string PackageHook = "/usr/lib/python3/dist-packages/code_interpreter.pth";

    private const string Resource = "image/";

    /// <summary>Their contents, by their paths in the image.</summary>
    public static IReadOnlyDictionary<string, byte[]> Contents { get; } = Read();

    private static Dictionary<string, byte[]> Read()
    {
        var assembly = typeof(OwnFiles).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Resource, StringComparison.Ordinal))
            .ToDictionary(name => PlaceOf(name[Resource.Length..].Replace('\\', '/')), name => Read(assembly, name));
    }

    private static string PlaceOf(string source) =>
        source.Split('/') switch
        {
            ["supervisor", .. var rest] => $"{Supervisor}/{string.Join('/', rest)}",
            ["code_interpreter", .. var rest] => $"{Package}/{string.Join('/', rest)}",
            _ => PackageHook,
        };

    private static byte[] Read(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
