using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Refuses an engine that cannot be reached as it should be, before the first execution finds out.</summary>
internal sealed class DockerOptionsValidator : IValidateOptions<DockerOptions>
{
    public ValidateOptionsResult Validate(string? name, DockerOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Endpoint.Length > 0)
            CheckEndpoint(result, options);
        if (options.UsesTls)
            CheckCertificates(result, options.CertificatePath);
        return result.Build();
    }

    private static void CheckEndpoint(ValidateOptionsResultBuilder result, DockerOptions options)
    {
        if (
            !Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("unix" or "npipe" or "tcp" or "http" or "https")
        )
            result.AddError(
                $"(or DOCKER_HOST) is '{options.Endpoint}'; it must be unix:///path/to.sock, npipe://./pipe/name or tcp://host:port.",
                Full(nameof(options.Endpoint))
            );
        else if (endpoint.Scheme is "tcp" or "http" && !endpoint.IsLoopback && !options.UsesTls && !options.AllowUnencrypted)
            result.AddError(
                $"(or DOCKER_HOST) is '{options.Endpoint}', another machine, without TLS. Set Docker:CertificatePath, or DOCKER_TLS_VERIFY "
                    + "and DOCKER_CERT_PATH; or accept the risk with Docker:AllowUnencrypted=true.",
                Full(nameof(options.Endpoint))
            );
    }

    private static void CheckCertificates(ValidateOptionsResultBuilder result, string directory)
    {
        try
        {
            DockerCertificates.Load(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            result.AddError(
                $"(or DOCKER_CERT_PATH) is '{directory}'; it must have ca.pem, cert.pem and key.pem for the engine. {exception.Message}",
                Full(nameof(DockerOptions.CertificatePath))
            );
        }
    }

    private static string Full(string option) => $"{DockerOptions.Section}:{option}";
}
