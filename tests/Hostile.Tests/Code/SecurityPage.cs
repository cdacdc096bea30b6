using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Hostile.Tests.Code;

/// <summary>The page <c>docs/security.md</c>. What is between its marks is made from what is below <c>Cases</c>.</summary>
internal static partial class SecurityPage
{
    public const string HowToUpdate = "UPDATE_DOCS=1 dotnet test --project tests/Hostile.Tests --filter-class '*SecurityPageTests'";

    private const string Begin = "<!-- cases -->\n";
    private const string End = "<!-- end of cases -->\n";

    public static string Root { get; } =
        typeof(StandaloneProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Root")
            .Value!;

    public static string FilePath => Path.Combine(Root, "docs", "security.md");

    /// <summary>The page with these cases between its marks, and all else as it was.</summary>
    public static string WithCases(string page, IEnumerable<HostileCase> cases)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return page[..begin] + Render([.. cases]) + page[page.IndexOf(End, StringComparison.Ordinal)..];
    }

    /// <summary>The tests that the page names, such as <c>PlainAmqpTests.InvalidCommand_IsAnsweredAndTheNextOneRuns</c>.</summary>
    public static IEnumerable<(string Class, string Method)> TestsNamedIn(string page) =>
        TestName().Matches(page).Select(match => (match.Groups["class"].Value, match.Groups["method"].Value)).Distinct();

    private static string Render(List<HostileCase> cases)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\nThere are {cases.Count} of them.\n");
        foreach (var group in cases.GroupBy(found => found.Name.Split('/')[0]))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""

                ### {char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}

                | attack | what stops it | how it ends | test |
                | --- | --- | --- | --- |

                """
            );
            foreach (var found in group)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {Cell(found.Title)} | {Cell(found.Defence)} | {Outcomes(found)} | [{found.Name.Split('/')[1]}]({Link(found)}) |\n"
                );
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Outcomes(HostileCase found) =>
        string.Join(
            " or ",
            (found.Expected["outcome"] ?? found.Patterns["outcome"])!.GetValue<string>().Split('|').Select(outcome => $"`{outcome}`")
        );

    private static string Link(HostileCase found) => $"../tests/Hostile.Tests/Cases/{found.Name}.py";

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"`(?<class>\w+(Tests|Contract))\.(?<method>\w+)`")]
    private static partial Regex TestName();
}
