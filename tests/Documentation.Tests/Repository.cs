using System.Reflection;

namespace CodeInterpreter.Documentation.Tests;

/// <summary>
/// Files of the repository, by their path from the root. Some are written from the code: a test compares them, and
/// <c>make settings-docs</c>, which sets <c>UPDATE_DOCS</c>, writes them.
/// </summary>
internal static class Repository
{
    private static readonly string Root = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!
    );

    public static string Read(string path) => File.Exists(PathOf(path)) ? File.ReadAllText(PathOf(path)) : "";

    public static void ShouldBe(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is "1")
            File.WriteAllText(PathOf(path), text);
        else
            Read(path).ShouldBe(text, $"{path} differs from the code. `make settings-docs` writes it anew.");
    }

    public static bool Exists(string path) => File.Exists(PathOf(path)) || Directory.Exists(PathOf(path));

    /// <summary>Files of this name below the folders that people read, by their path from the root.</summary>
    public static IEnumerable<string> Find(string pattern) =>
        new[] { "docs", "k8s", "services", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root, pattern))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'));

    private static string PathOf(string path) => Path.Combine(Root, path);
}
