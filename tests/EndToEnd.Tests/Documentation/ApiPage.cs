using System.Reflection;
using System.Text.RegularExpressions;

namespace CodeInterpreter.EndToEnd.Tests.Documentation;

/// <summary>An example of docs/api.md: its language, its text, and what the page says it prints.</summary>
internal sealed record Example(string Language, string Text, string? PrintsJson, string? Prints)
{
    public bool IsGrpcurl => Text.StartsWith("grpcurl", StringComparison.Ordinal);
}

/// <summary>docs/api.md, read as text.</summary>
internal static partial class ApiPage
{
    public static string Text { get; } =
        File.ReadAllText(
            Path.Combine(
                typeof(ServiceProcess)
                    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                    .Single(attribute => attribute.Key == "Root")
                    .Value!,
                "docs/api.md"
            )
        );

    public static IReadOnlyList<Example> Examples { get; } = [.. Parse()];

    /// <summary>The rows of the table behind a heading, without its head.</summary>
    public static IEnumerable<string[]> Table(string heading) =>
        Text.Split($"\n## {heading}\n")[1]
            .Split("\n## ")[0]
            .Split('\n')
            .SkipWhile(line => !line.StartsWith("| ---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static IEnumerable<Example> Parse()
    {
        var blocks = Block().Matches(Text);
        for (var i = 0; i < blocks.Count; i++)
        {
            var (language, text) = (blocks[i].Groups[1].Value, blocks[i].Groups[2].Value);
            if (language is "text" or "json")
                continue;
            var next = i + 1 < blocks.Count ? blocks[i + 1] : null;
            yield return new Example(
                language,
                text,
                next?.Groups[1].Value == "json" ? next.Groups[2].Value : null,
                next?.Groups[1].Value == "text" ? next.Groups[2].Value : null
            );
        }
    }

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
