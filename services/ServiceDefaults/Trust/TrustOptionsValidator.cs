using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Trust;

/// <summary>Refuses a key that is none.</summary>
internal sealed class TrustOptionsValidator : IValidateOptions<TrustOptions>
{
    public ValidateOptionsResult Validate(string? name, TrustOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        SecretKey.Check(result, TrustOptions.Section, options.Key, options.KeyFile);
        return result.Build();
    }
}
