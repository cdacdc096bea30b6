using CodeInterpreter.Discord.Platform.Gateway;
using CodeInterpreter.Discord.Platform.Http;
using CodeInterpreter.Discord.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Discord.Platform.Health;

/// <summary>Ready means: interactions can come in.</summary>
internal sealed class DiscordHealthCheck(IOptions<DiscordOptions> options, GatewayConnection gateway, PublicKeySource keys) : IHealthCheck
{
    public const string Name = "discord";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (isReady, otherwise) =
            options.Value.Connection == DiscordConnection.Gateway
                ? (gateway.IsConnected, "There is no connection to Discord's gateway.")
                : (keys.Signature is not null, "The public key of the application is not known yet.");
        return Task.FromResult(
            isReady ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, otherwise)
        );
    }
}
