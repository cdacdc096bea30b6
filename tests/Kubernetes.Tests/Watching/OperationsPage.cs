using System.Text.RegularExpressions;

namespace CodeInterpreter.Kubernetes.Tests.Watching;

/// <summary>What docs/operations.md says about metrics and alerts.</summary>
internal static partial class OperationsPage
{
    private static readonly string Text = Repository.Read("docs/operations.md");

    private static readonly Dictionary<string, string[]> Tags = MetricRow()
        .Matches(Text)
        .ToDictionary(
            match => match.Groups[1].Value.Replace('.', '_'),
            match => Code().Matches(match.Groups[2].Value).Select(tag => tag.Groups[1].Value).ToArray()
        );

    /// <summary>The rows of the alert table; an expression where the condition is one.</summary>
    public static IReadOnlyList<(string Name, string? Expression)> Alerts { get; } =
    [
        .. Text.Split("## Recommended alerts")[1]
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(2)
            .Select(line => line.Replace(@"\|", "\0", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], Code().Match(cells[2]) is { Success: true } code ? code.Groups[1].Value.Replace('\0', '|') : null)),
    ];

    /// <summary>The tags of a metric, by the name that Prometheus has for it.</summary>
    public static IEnumerable<string> TagsOf(string series) =>
        Tags.Where(metric => series.StartsWith(metric.Key, StringComparison.Ordinal))
            .OrderByDescending(metric => metric.Key.Length)
            .Select(metric => metric.Value)
            .FirstOrDefault()
        ?? [];

    [GeneratedRegex(@"^\| `(code_interpreter\.[a-z_.]+)` \|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
