using System.Security.Cryptography;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Rejects an engine that cannot be reached as the settings say, before the first execution needs it.</summary>
internal sealed class DockerOptionsValidator() : SettingsRules<DockerOptions>(DockerOptions.Section)
{
    protected override IEnumerable<SettingRule> RulesFor(DockerOptions options)
    {
        var isAddress = Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) && IsKnown(endpoint.Scheme);
        var problem = options.UsesTls ? ProblemOf(options.CertificatePath) : null;
        return
        [
            new(
                isAddress || options.Endpoint.Length == 0,
                nameof(options.Endpoint),
                $"(or DOCKER_HOST) is '{options.Endpoint}'; it must be unix:///path/to.sock, npipe://./pipe/name or tcp://host:port."
            ),
            new(
                !isAddress
                    || options.UsesTls
                    || options.AllowUnencrypted
                    || endpoint!.IsLoopback
                    || endpoint.Scheme is not ("tcp" or "http"),
                nameof(options.Endpoint),
                $"(or DOCKER_HOST) is '{options.Endpoint}', another machine, without TLS. Set Docker:CertificatePath, or DOCKER_TLS_VERIFY "
                    + "and DOCKER_CERT_PATH; or accept the risk with Docker:AllowUnencrypted=true."
            ),
            new(
                problem is null,
                nameof(options.CertificatePath),
                $"(or DOCKER_CERT_PATH) is '{options.CertificatePath}'; it must have ca.pem, cert.pem and key.pem for the engine. {problem}"
            ),
        ];
    }

    private static bool IsKnown(string scheme) => scheme is "unix" or "npipe" or "tcp" or "http" or "https";

    private static string? ProblemOf(string directory)
    {
        try
        {
            DockerCertificates.Load(directory);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return exception.Message;
        }
    }
}
