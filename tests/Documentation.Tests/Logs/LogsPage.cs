using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Documentation.Tests.Logs;

/// <summary>
/// <c>docs/logs.md</c>. What to do about an event is written on the page by hand, and stays when the page is written again.
/// </summary>
internal static partial class LogsPage
{
    public const string Path = "docs/logs.md";

    private const string Introduction = """
        <!-- `make settings-docs` writes all columns but the last one from the code. Write the last one here. -->
        # Logs

        Each service logs to its standard output: one JSON object per line in a container, plain text in a terminal. A line has the event
        id, its level, the class that logs it (`Category`), and the execution that it belongs to (`ExecutionId`). Logs never contain
        code, output, file names, keys or links. `Logging__LogLevel__Default=Debug` shows the events of the level Debug. An event id is
        unique within a service.

        """;

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["ServiceDefaults"] = "All services",
        ["FileStore"] = "File store",
    };

    public static string Write(IReadOnlyList<LogEvent> events)
    {
        var advice = Advice();
        var page = new StringBuilder(Introduction);
        foreach (var project in events.GroupBy(logged => logged.Project))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {Titles.GetValueOrDefault(project.Key, project.Key)}\n\n");
            page.Append("| id | level | text | class | meaning, and what to do |\n| --- | --- | --- | --- | --- |\n");
            foreach (var logged in project)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| {logged.Id} | {logged.Level} | {logged.Text} | `{logged.Category}` | "
                        + $"{advice.GetValueOrDefault((project.Key, logged.Id), "")} |\n"
                );
        }

        return page.ToString();
    }

    /// <summary>What the page says to do about the events of a project, by their ids.</summary>
    public static Dictionary<(string Project, int Id), string> Advice()
    {
        var (advice, project) = (new Dictionary<(string, int), string>(), "");
        foreach (var line in Repository.Read(Path).Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                project = Titles.FirstOrDefault(title => title.Value == line[3..]).Key ?? line[3..];
            else if (Row().Match(line) is { Success: true } row)
                advice[(project, int.Parse(row.Groups["id"].Value, CultureInfo.InvariantCulture))] = row.Groups["advice"].Value;
        }

        return advice;
    }

    [GeneratedRegex(@"^\| (?<id>\d+) \|.* \| (?<advice>[^|]*?) ?\|$")]
    private static partial Regex Row();
}
