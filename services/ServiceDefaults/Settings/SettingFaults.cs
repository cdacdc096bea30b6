using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>The faults of the settings as people read them: a line for each, with name and value.</summary>
internal static partial class SettingFaults
{
    /// <summary>One line for each fault. Values of secrets and of what is no setting are not shown.</summary>
    public static IReadOnlyList<string> Lines(OptionsValidationException exception, IServiceProvider services) =>
        Lines(exception.Failures, services.GetRequiredService<IConfiguration>(), services.GetServices<SettingsSection>());

    internal static IReadOnlyList<string> Lines(
        IEnumerable<string> failures,
        IConfiguration configuration,
        IEnumerable<SettingsSection> sections
    )
    {
        var tree = new SettingsTree(sections);
        return [.. failures.Select(failure => Line(failure, configuration, tree)).Distinct()];
    }

    private static string Line(string failure, IConfiguration configuration, SettingsTree tree)
    {
        var line = failure.StartsWith("Property ", StringComparison.Ordinal) ? failure["Property ".Length..] : failure;
        line = line.ReplaceLineEndings(" ");
        var name = Name().Match(line).Value;
        if (tree.Find(name) is not { } property || configuration[name] is not { } value)
            return line;

        var rest = line[name.Length..].TrimStart(':', ' ');
        if (SettingKind.IsSecret(property))
            return $"{name}, whose value is not shown here, {rest}";
        return line.Contains($"'{value}'", StringComparison.Ordinal) ? line : $"{name} is '{SettingText.Show(value)}': {rest}";
    }

    [GeneratedRegex(@"\A[A-Za-z]\w*(:\w+)+")]
    private static partial Regex Name();
}
