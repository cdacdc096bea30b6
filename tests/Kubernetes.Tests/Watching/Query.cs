using System.Text.RegularExpressions;

namespace CodeInterpreter.Kubernetes.Tests.Watching;

/// <summary>A question to Prometheus, as far as its names go.</summary>
internal sealed partial record Query(string Text)
{
    private static readonly string[] Language =
    [
        "sum",
        "max",
        "min",
        "count",
        "avg",
        "rate",
        "increase",
        "histogram_quantile",
        "by",
        "without",
        "on",
        "and",
        "or",
        "unless",
    ];

    /// <summary>Names of the series it asks for.</summary>
    public IEnumerable<string> Metrics => Name().Matches(Bare()).Select(match => match.Value).Except(Language).Distinct();

    /// <summary>Names of the labels that it selects or groups by.</summary>
    public IEnumerable<string> Labels =>
        Matcher()
            .Matches(Text)
            .Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(Text).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)))
            .Distinct();

    /// <summary>The values that a label may have, where the query names them one by one.</summary>
    public IEnumerable<string> ValuesOf(string label) =>
        Matcher().Matches(Text).Where(match => match.Groups[1].Value == label).SelectMany(match => match.Groups[2].Value.Split('|'));

    private string Bare() => Range().Replace(Grouping().Replace(Braces().Replace(Text, ""), ""), "");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|without) \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b[A-Za-z_:][A-Za-z0-9_:]*")]
    private static partial Regex Name();

    [GeneratedRegex("(\\w+)=~?\"([^\"]*)\"")]
    private static partial Regex Matcher();
}
