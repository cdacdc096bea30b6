using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>Rejects a default above the maximum.</summary>
internal sealed class ExecutionOptionsValidator() : SettingsRules<ExecutionOptions>(ExecutionOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(ExecutionOptions options) =>
        [
            new(
                options.DefaultWallTime <= options.MaxWallTime,
                nameof(options.DefaultWallTime),
                $"({options.DefaultWallTime}) must not be more than {nameof(options.MaxWallTime)} ({options.MaxWallTime})."
            ),
        ];
}
