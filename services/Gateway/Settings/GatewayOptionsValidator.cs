using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Settings;

/// <summary>Refuses options the gateway cannot work with, by name.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    private static readonly string[] Schemes = ["http", "https", "unix"];
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = new List<string>();
        Require(
            options.FileStoreAddress is { IsAbsoluteUri: true } address && Schemes.Contains(address.Scheme),
            nameof(options.FileStoreAddress),
            "must be http://host:port, https://host:port or unix:///path",
            options.FileStoreAddress
        );
        Require(
            !string.IsNullOrWhiteSpace(options.DataDirectory),
            nameof(options.DataDirectory),
            "must name a directory",
            options.DataDirectory
        );
        RequireTimeout(options.FileStoreTimeout, nameof(options.FileStoreTimeout));
        RequireTimeout(options.UploadIdleTimeout, nameof(options.UploadIdleTimeout));
        Require(
            options.MaxUploadRequestBytes > 0,
            nameof(options.MaxUploadRequestBytes),
            "must be more than 0",
            options.MaxUploadRequestBytes
        );
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void RequireTimeout(TimeSpan value, string option) =>
            Require(value > TimeSpan.Zero && value <= LongestTimeout, option, $"must be more than 0 and at most {LongestTimeout}", value);

        void Require(bool satisfied, string option, string expectation, object? value)
        {
            if (!satisfied)
            {
                failures.Add($"{GatewayOptions.Section}:{option} {expectation}, not '{value}'.");
            }
        }
    }
}
