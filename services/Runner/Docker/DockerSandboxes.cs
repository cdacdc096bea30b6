using CodeInterpreter.Runner.Images;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Makes a Docker engine the place where sandboxes come from.</summary>
internal static class DockerSandboxes
{
    public static IServiceCollection AddDockerSandboxes(this IServiceCollection services) =>
        services
            .AddSingleton<IPostConfigureOptions<DockerOptions>, DockerOptionsDefaults>()
            .AddSingleton<IValidateOptions<DockerOptions>, DockerOptionsValidator>()
            .AddSingleton(provider => CreateClient(provider.GetRequiredService<IOptions<DockerOptions>>().Value))
            .AddSingleton<IPostConfigureOptions<RunnerOptions>, EngineSlots>()
            .AddSingleton<DockerEngineCheck>()
            .AddSingleton<ImageEnvironment>()
            .AddSingleton<DockerImageCheck>()
            .AddSingleton<ISandboxEngine, DockerSandboxEngine>();

    internal static IDockerClient CreateClient(DockerOptions options)
    {
        using var configuration =
            options.Endpoint.Length == 0
                ? new DockerClientConfiguration()
                : new DockerClientConfiguration(
                    new Uri(options.Endpoint),
                    options.UsesTls ? DockerCertificates.Load(options.CertificatePath) : null
                );
        return configuration.CreateClient();
    }
}
