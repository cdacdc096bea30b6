using System.Globalization;
using System.Text;

namespace CodeInterpreter.Documentation.Tests.Settings;

/// <summary><c>docs/settings.md</c>.</summary>
internal static class SettingsPage
{
    public const string Path = "docs/settings.md";

    private const string Introduction = """
        <!-- Written by `make settings-docs` from the options in services/. Edit those. -->
        # Settings

        A setting comes from `appsettings.json` beside the program, from the environment (`Sandbox__Processors=0.5`) or from the command
        line (`--Sandbox:Processors 0.5`). A later one wins. A service with a misspelt setting or a wrong value does not start, and says
        what is wrong. Its log names the settings in use, without secrets. [operations.md](operations.md#settings-and-starts) says more.

        - A *duration* is a number with its unit (`500ms`, `90s`, `15m`, `48h`, `2d`) or `hh:mm:ss`.
        - *Bytes* are a number without a unit: 1 MiB is 1048576.
        - *Values* are the numbers that a service accepts while its other settings have their defaults. An empty cell: see the meaning.
        - A *secret* never appears in a log or in an error.

        `Kestrel:Endpoints:Http:Url` and `Kestrel:Endpoints:Grpc:Url` are the addresses that a service listens on,
        `Logging:LogLevel:Default` is the least severe level that it logs (`Information`). They belong to ASP.NET Core.

        | service | HTTP | gRPC |
        | --- | --- | --- |

        """;

    public static string Write(IReadOnlyList<Service> services)
    {
        var page = new StringBuilder(Introduction);
        foreach (var service in services)
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {service.Name} | `http://127.0.0.1:{service.HttpPort}` | `http://127.0.0.1:{service.GrpcPort}` |\n"
            );
        foreach (var section in services.SelectMany(service => service.Sections).DistinctBy(section => section.Path))
        {
            var readers = services.Where(service => service.Sections.Contains(section)).ToList();
            page.Append(CultureInfo.InvariantCulture, $"\n## {section.Path}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"{DocComments.Of(section.Type)}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"Read by: {string.Join(", ", readers.Select(reader => reader.Name))}.\n\n");
            page.Append("| setting | type | default | values | meaning |\n| --- | --- | --- | --- | --- |\n");
            foreach (var setting in Setting.Of(section))
                page.Append(Row(setting));
        }

        return page.ToString();
    }

    private static string InLargeUnits(string kind, string text) =>
        kind != "bytes" || !long.TryParse(text, CultureInfo.InvariantCulture, out var bytes) || bytes < 1024 ? ""
        : bytes % (1L << 30) == 0 ? $" ({bytes >> 30} GiB)"
        : bytes % (1L << 20) == 0 ? $" ({bytes >> 20} MiB)"
        : $" ({bytes >> 10} KiB)";

    private static string Row(Setting setting)
    {
        string[] cells =
        [
            $"`{setting.Name}`<br>`{setting.EnvironmentVariable}`",
            setting.Kind,
            setting.Default switch
            {
                null => "depends on the machine",
                "" => "",
                { } text => $"`{text}`{InLargeUnits(setting.Kind, text)}",
            },
            setting.Values,
            setting.Meaning,
        ];
        return $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", @"\|", StringComparison.Ordinal)))} |\n";
    }
}
