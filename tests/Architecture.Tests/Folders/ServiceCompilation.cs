using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodeInterpreter.Architecture.Tests.Folders;

/// <summary>Compiles sources in memory, to ask the compiler what their names mean. Errors do not matter.</summary>
internal static class ServiceCompilation
{
    private static readonly IReadOnlyList<MetadataReference> Frameworks =
    [
        .. FrameworkFolders().SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")).Select(Reference),
    ];

    /// <summary>A service, with the sources that its build generated, against the assemblies that its build copied.</summary>
    public static FolderGraph Of(string service)
    {
        var folder = Path.Combine(Repository.Root, "services", service);
        var sources = Repository
            .Sources.Where(path => path.StartsWith($"services/{service}/", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(folder, Path.Combine(Repository.Root, path)))
            .ToHashSet();
        var generated = Directory
            .EnumerateFiles(Path.Combine(folder, "obj", Repository.Output), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path));
        var assemblies = Directory
            .EnumerateFiles(Path.Combine(folder, "bin", Repository.Output), "*.dll")
            .Where(path => Path.GetFileNameWithoutExtension(path) != $"CodeInterpreter.{service}");
        var texts = sources.Concat(generated).Select(path => (path, File.ReadAllText(Path.Combine(folder, path))));
        return new FolderGraph(Compile(texts, assemblies.Select(Reference)), sources);
    }

    /// <summary>Sources that are in no file.</summary>
    public static FolderGraph Of(params IReadOnlyList<(string Path, string Text)> sources) =>
        new(Compile(sources, []), sources.Select(source => source.Path).ToHashSet());

    private static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> sources, IEnumerable<MetadataReference> assemblies) =>
        CSharpCompilation.Create(
            "Folders",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Path)),
            [.. Frameworks, .. assemblies]
        );

    private static MetadataReference Reference(string path) => MetadataReference.CreateFromFile(path);

    private static IEnumerable<string> FrameworkFolders()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var shared = Path.GetFullPath(Path.Combine(runtime, "..", ".."));
        var version = $"{Environment.Version.Major}.";
        return
        [
            runtime,
            Directory
                .EnumerateDirectories(Path.Combine(shared, "Microsoft.AspNetCore.App"), version + "*")
                .Order(StringComparer.Ordinal)
                .Last(),
        ];
    }
}
