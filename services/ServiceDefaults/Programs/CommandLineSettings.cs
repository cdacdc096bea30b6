namespace CodeInterpreter.ServiceDefaults.Programs;

/// <summary>
/// Separates settings on a command line, <c>--Section:Name value</c> or <c>--Section:Name=value</c>, from everything else.
/// </summary>
internal static class CommandLineSettings
{
    // Those that the framework reads before there is a configuration.
    private static readonly string[] OfTheHost = ["--environment", "--contentRoot", "--applicationName", "--urls"];

    /// <summary>The words, and the settings in the form the framework reads.</summary>
    public static (string[] Words, string[] Settings) Split(IReadOnlyList<string> args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i], out var hasValue))
            {
                words.Add(args[i]);
            }
            else if (hasValue)
            {
                settings.Add(args[i]);
            }
            else if (i + 1 < args.Count)
            {
                settings.Add($"{args[i]}={args[++i]}");
            }
            else
            {
                // Without a value it is not a setting.
                words.Add(args[i]);
            }
        }

        return ([.. words], [.. settings]);
    }

    private static bool IsSetting(string arg, out bool hasValue)
    {
        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        hasValue = equals >= 0;
        var name = hasValue ? arg[..equals] : arg;
        return name.StartsWith("--", StringComparison.Ordinal)
            && (name.Contains(':', StringComparison.Ordinal) || OfTheHost.Contains(name, StringComparer.OrdinalIgnoreCase));
    }
}
