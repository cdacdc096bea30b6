using System.Collections.Concurrent;

namespace CodeInterpreter.Kubernetes.Tests.Building;

/// <summary>Builds kustomizations with kubectl, each once.</summary>
internal static class Kustomize
{
    private static readonly Lazy<Task<string>> Kubectl = new(FindAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Built = new();

    /// <summary>What is applied for a folder of <c>k8s/</c>, such as <c>overlays/try</c>.</summary>
    public static Task<string> BuildAsync(string folder) =>
        Built.GetOrAdd(folder, name => new Lazy<Task<string>>(() => BuildAtAsync(Repository.PathOf(Path.Combine("k8s", name))))).Value;

    /// <summary>What is applied for the base with these components, in their order.</summary>
    public static Task<string> BuildWithAsync(params string[] components) =>
        Built.GetOrAdd(string.Join('+', components), _ => new Lazy<Task<string>>(() => BuildBaseAsync(components))).Value;

    private static async Task<string> BuildBaseAsync(string[] components)
    {
        var folder = Directory.CreateTempSubdirectory("kustomization-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "kustomization.yaml"),
                $"""
                resources: ["{Relative("base")}"]
                components: [{string.Join(", ", components.Select(component => $"\"{Relative($"components/{component}")}\""))}]
                """
            );
            return await BuildAtAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Relative(string path) => Path.GetRelativePath(folder.FullName, Repository.PathOf($"k8s/{path}"));
    }

    private static async Task<string> BuildAtAsync(string folder) => await Script.RunAsync(await Kubectl.Value, ["kustomize", folder]);

    private static async Task<string> FindAsync() => (await Script.RunAsync(".dev/k8s-kubectl.sh")).Trim();
}
