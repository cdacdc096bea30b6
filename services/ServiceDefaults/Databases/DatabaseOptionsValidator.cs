using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>Refuses what names no database; without repeating the address, which may have a password in it.</summary>
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.Provider))
            result.AddError($"must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}.", Full(nameof(options.Provider)));

        if (options.Provider == DatabaseProvider.MongoDb)
            CheckMongoDb(result, options);
        return result.Build();
    }

    private static void CheckMongoDb(ValidateOptionsResultBuilder result, DatabaseOptions options)
    {
        if (!MongoConnection.IsAddress(options.MongoDb))
            result.AddError(
                "must be mongodb://user:password@host:port/?options or mongodb+srv://, with special characters in user and "
                    + "password percent-encoded.",
                Full(nameof(options.MongoDb))
            );

        if (!DatabaseName().IsMatch(options.Name))
            result.AddError("must be 1 to 63 letters, digits, '_' and '-'.", Full(nameof(options.Name)));
    }

    private static string Full(string option) => $"{DatabaseOptions.Section}:{option}";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,63}\z")]
    private static partial Regex DatabaseName();
}
