namespace CodeInterpreter.Kubernetes.Tests;

/// <summary>One wrong thing in what is applied.</summary>
/// <param name="Overlay">Where.</param>
/// <param name="Target">Kind and beginning of the name.</param>
/// <param name="Find">A text in it.</param>
/// <param name="Replace">What is there instead.</param>
/// <param name="Says">A part of the fault that has to be told.</param>
public sealed record Mutation(string Overlay, string Target, string Find, string Replace, string Says)
{
    private const string Boundary = "\n---\n";

    internal string Apply(string yaml)
    {
        var (kind, name) = (Target.Split(' ')[0], Target.Split(' ')[1]);
        var documents = yaml.Split(Boundary);
        var index = Array.FindIndex(
            documents,
            document =>
                $"\n{document}".Contains($"\nkind: {kind}\n", StringComparison.Ordinal)
                && document.Contains($"\n  name: {name}", StringComparison.Ordinal)
                && document.Contains(Find, StringComparison.Ordinal)
        );
        index.ShouldBeGreaterThanOrEqualTo(0, $"{Target} has no '{Find}'");
        var at = documents[index].IndexOf(Find, StringComparison.Ordinal);
        documents[index] = documents[index][..at] + Replace + documents[index][(at + Find.Length)..];
        return string.Join(Boundary, documents);
    }

    public override string ToString() => $"{Target}: '{Find.Trim()}' becomes '{Replace.Trim()}'";
}
