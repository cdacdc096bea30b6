using System.Globalization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Environments;

/// <summary>
/// Describes the sandboxes as a text for the prompt of a model: the most important facts first, in about 1,500 tokens. Versions are
/// shortened
/// to what is useful.
/// </summary>
internal static class EnvironmentText
{
    /// <summary>The directory in which code starts, and whose files are returned.</summary>
    public const string WorkingDirectory = "/mnt/data";

    /// <summary>Characters of the text.</summary>
    public const int MaxLength = 5000;

    private const int PackageLength = 2400;
    private const int ToolLength = 600;
    private const int FontLength = 400;
    private const int LocaleLength = 300;
    private const int MissingLength = 500;
    private const int OtherLength = 100;

    public static string Of(CommonEnvironment environment, ExecutionOptions limits) =>
        string.Join('\n', Lines(environment, limits).Where(line => line.Length > 0)) + "\n";

    private static IEnumerable<string> Lines(CommonEnvironment environment, ExecutionOptions limits) =>
        [
            $"Code runs in a fresh Linux sandbox without network, with Python {Cut(environment.Python)}.",
            Line("Languages", environment.Languages, OtherLength),
            $"Working directory: {WorkingDirectory}. Files that the code writes there are returned and kept; input files are there.",
            $"Limits: {Seconds(limits.DefaultWallTime)} (at most {Seconds(limits.MaxWallTime)} on request), "
                + $"{Bytes(limits.MaxMemoryBytes)} of memory, "
                + $"{limits.MaxProcesses} processes, {Bytes(limits.MaxOutputBytes)} of output, "
                + $"{limits.MaxFiles} files of at most {Bytes(limits.MaxFileBytes)}, "
                + $"{Bytes(limits.MaxTotalFileBytes)} together.",
            Line("Python packages", environment.Packages.Select(Short), PackageLength),
            Line("Programs", environment.Tools.Select(Short), ToolLength),
            Line("Fonts", environment.Fonts, FontLength),
            Line("Locales", environment.Locales, LocaleLength),
            Line(
                "Not there",
                environment.Missing.Select(part => part.Reason.Length > 0 ? $"{part.Name} ({part.Reason})" : part.Name),
                MissingLength
            ),
            "Nothing can be installed.",
        ];

    /// <summary>As many parts as fit, and the number of those that are left out.</summary>
    private static string Line(string title, IEnumerable<string> parts, int maxLength)
    {
        var all = parts.ToList();
        if (all.Count == 0)
            return "";
        var length = title.Length;
        var kept = all.TakeWhile(part => (length += part.Length + 2) <= maxLength).ToList();
        var more = all.Count - kept.Count;
        return $"{title}: {string.Join(", ", kept)}{(more > 0 ? $"{(kept.Count > 0 ? " and " : "")}{more} more" : "")}.";
    }

    private static string Short(VersionedName part) => part.Version.Length == 0 ? part.Name : $"{part.Name} {ShortVersion(part.Version)}";

    // Two numbers say which functions there are.
    private static string ShortVersion(string version)
    {
        var second = version.IndexOf('.', version.IndexOf('.') + 1);
        return Cut(second > 0 ? version[..second] : version);
    }

    private static string Cut(string text) => text.Length > OtherLength ? text[..OtherLength] : text;

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s";

    private static string Bytes(long bytes) =>
        bytes switch
        {
            >= 1L << 30 => $"{((double)bytes / (1L << 30)).ToString("0.#", CultureInfo.InvariantCulture)} GiB",
            >= 1L << 20 => $"{((double)bytes / (1L << 20)).ToString("0.#", CultureInfo.InvariantCulture)} MiB",
            _ => $"{bytes} bytes",
        };
}
