using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Fills in what the environment says to the docker command.</summary>
internal sealed class DockerOptionsDefaults(IConfiguration environment) : IPostConfigureOptions<DockerOptions>
{
    private static readonly string UsersDirectory = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".docker"
    );

    public void PostConfigure(string? name, DockerOptions options)
    {
        options.Endpoint = Either(options.Endpoint, environment["DOCKER_HOST"]);
        if (Either(environment["DOCKER_TLS_VERIFY"]).Length > 0)
            options.CertificatePath = Either(options.CertificatePath, environment["DOCKER_CERT_PATH"], UsersDirectory);
    }

    private static string Either(params IEnumerable<string?> values) => values.FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
}
