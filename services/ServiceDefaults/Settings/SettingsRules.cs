using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>
/// Rules for the settings of a section that data annotations cannot express. A broken one ends the start with a line that has the name of
/// the setting, its value and what is allowed.
/// </summary>
/// <typeparam name="T">The options.</typeparam>
/// <param name="section">Where the options are in the configuration.</param>
public abstract class SettingsRules<T>(string section) : IValidateOptions<T>
    where T : class
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, T options)
    {
        string[] faults =
        [
            .. RulesFor(options).Where(rule => !rule.IsObeyed).Select(rule => $"{section}:{rule.Setting} {rule.Expectation}"),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>All rules, obeyed or not.</summary>
    protected abstract IEnumerable<SettingRule> RulesFor(T options);
}
