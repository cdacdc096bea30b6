using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CodeInterpreter.Architecture.Tests;

/// <summary>The sources of the services, read as text: what a folder may use is decided by what its files name.</summary>
internal static partial class Repository
{
    /// <summary>The root of the repository.</summary>
    public static readonly string Root = Path.GetFullPath(Metadata("Root"));

    /// <summary>The end of the paths that builds write to, such as <c>Release/net10.0</c>.</summary>
    public static readonly string Output = Metadata("Output");

    /// <summary>Paths of all sources below <c>services</c>, relative to the root, with <c>/</c> between folders.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !GeneratedFolder().IsMatch(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The names of all services that are written in C#.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. Sources.Select(path => path.Split('/')[1]).Distinct()];

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>The sources that have a <c>using</c> of the namespace or one below it.</summary>
    public static IEnumerable<string> UsersOf(string @namespace)
    {
        var directive = new Regex($@"^(global )?using (static |\w+ = )?{Regex.Escape(@namespace)}(\.|;)");
        return Sources.Where(path => Lines(path).Any(line => directive.IsMatch(line)));
    }

    /// <summary>The services that a service's project refers to.</summary>
    public static IReadOnlyList<string> ReferencesOf(string service) =>
        Items(service, "ProjectReference", Path.GetFileNameWithoutExtension);

    /// <summary>The packages that a service's project refers to.</summary>
    public static IReadOnlyList<string> PackagesOf(string service) => Items(service, "PackageReference", name => name);

    /// <summary>The files and projects that the projects below a folder refer to, relative to the root.</summary>
    public static IReadOnlyList<string> PathsIn(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(project =>
                    XDocument
                        .Load(project)
                        .Descendants()
                        .Where(item =>
                            item.Name.LocalName is "ProjectReference" or "Protobuf" or "Compile" or "EmbeddedResource" or "Import"
                        )
                        .Select(item => (item.Attribute("Include") ?? item.Attribute("Project"))?.Value)
                        .OfType<string>()
                        .Select(path =>
                            Path.GetRelativePath(Root, Path.GetFullPath(path, Path.GetDirectoryName(project)!)).Replace('\\', '/')
                        )
                ),
        ];

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static List<string> Items(string service, string kind, Func<string, string> name) =>
        [
            .. XDocument
                .Load(Path.Combine(Root, "services", service, service + ".csproj"))
                .Descendants(kind)
                .Select(item => name(item.Attribute("Include")!.Value)),
        ];

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex GeneratedFolder();
}
