using CodeInterpreter.ServiceDefaults.Naming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>Stands for the names of all settings; it has no settings itself.</summary>
internal sealed class SettingNames;

/// <summary>
/// Refuses settings that no option class has: a misspelt one would have no effect. What belongs to others, such as variables of the
/// environment and the sections of the framework, is left alone.
/// </summary>
internal sealed class SettingNamesValidator(IConfiguration configuration, IEnumerable<SettingsSection> sections)
    : IValidateOptions<SettingNames>
{
    // So few that it cannot be anything else.
    private const int FewChanges = 2;

    private static readonly string[] SectionsOfTheFramework = ["Kestrel", "Logging", "hostBuilder"];

    public ValidateOptionsResult Validate(string? name, SettingNames options)
    {
        var tree = new SettingsTree(sections);
        string[] faults =
        [
            .. tree.FindUnknown(configuration)
                .Select(unknown =>
                    unknown.IsSection
                        ? $"{unknown.Name} is a section; its settings are {string.Join(", ", unknown.Neighbours)}."
                        : IsUnknown(unknown.Name, [.. unknown.Neighbours, .. tree.Names])
                )
                .Concat(FindMisspeltSections(tree)),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private string IsUnknown(string name, IReadOnlyList<string> names) =>
        $"{name} is no setting{SourceOf(name)}. Did you mean {NearestName.Of(name, names).Name}?";

    private IEnumerable<string> FindMisspeltSections(SettingsTree tree)
    {
        foreach (var section in configuration.GetChildren().Where(section => IsOfNobody(section.Key, tree)))
        {
            foreach (var setting in section.AsEnumerable().Where(setting => setting.Value is not null && setting.Key != section.Key))
            {
                if (IsOnCommandLine(setting.Key) || NearestName.Of(setting.Key, tree.Names).Changes <= FewChanges)
                    yield return IsUnknown(setting.Key, tree.Names);
            }
        }
    }

    private static bool IsOfNobody(string section, SettingsTree tree) =>
        !tree.Has(section) && !SectionsOfTheFramework.Contains(section, StringComparer.OrdinalIgnoreCase);

    private bool IsOnCommandLine(string name) =>
        Providers.OfType<CommandLineConfigurationProvider>().Any(provider => provider.TryGet(name, out _));

    private string SourceOf(string name) =>
        Providers.LastOrDefault(provider => provider.TryGet(name, out _)) switch
        {
            EnvironmentVariablesConfigurationProvider => $" (environment variable {name.Replace(":", "__", StringComparison.Ordinal)})",
            CommandLineConfigurationProvider => " (command line)",
            JsonConfigurationProvider json => $" ({json.Source.Path})",
            _ => "",
        };

    private IEnumerable<IConfigurationProvider> Providers => (configuration as IConfigurationRoot)?.Providers ?? [];
}
