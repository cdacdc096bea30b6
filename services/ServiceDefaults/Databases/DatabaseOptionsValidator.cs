using System.Text.RegularExpressions;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Rejects settings that name no database.</summary>
internal sealed partial class DatabaseOptionsValidator() : SettingsRules<DatabaseOptions>(DatabaseOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(DatabaseOptions options) =>
        options.Provider != DatabaseProvider.MongoDb
            ? []
            :
            [
                new(
                    MongoConnection.IsAddress(options.MongoDb),
                    nameof(options.MongoDb),
                    "must be mongodb://user:password@host:port/?options or mongodb+srv://, with special characters in user and "
                        + "password percent-encoded."
                ),
                new(DatabaseName().IsMatch(options.Name), nameof(options.Name), "must be 1 to 63 letters, digits, '_' and '-'."),
            ];

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,63}\z")]
    private static partial Regex DatabaseName();
}
