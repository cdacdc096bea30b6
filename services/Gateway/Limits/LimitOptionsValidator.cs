using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>Rejects limits out of range.</summary>
internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    private const int Most = 1_000_000;

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        Require(options.CallsPerMinutePerKey, nameof(options.CallsPerMinutePerKey));
        Require(options.CallsPerMinutePerUser, nameof(options.CallsPerMinutePerUser));
        Require(options.ExecutionsPerKey, nameof(options.ExecutionsPerKey));
        Require(options.ExecutionsPerUser, nameof(options.ExecutionsPerUser));
        return result.Build();

        void Require(int? value, string option)
        {
            if (value is < 0 or > Most)
            {
                result.AddError($"must be 1 to {Most}, or 0 for no limit, not {value}.", $"{LimitOptions.Section}:{option}");
            }
        }
    }
}
