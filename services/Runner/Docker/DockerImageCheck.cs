using CodeInterpreter.Runner.Images;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Docker.DotNet.Models;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// Looks into the image before any sandbox is made of it. Its files are read out of a container that is never started, so nothing of it is
/// executed.
/// </summary>
internal sealed partial class DockerImageCheck(
    IDockerClient docker,
    IOptions<SandboxOptions> options,
    IOptions<RunnerOptions> runner,
    ImageEnvironment environment,
    ILogger<DockerImageCheck> logger
)
{
    // The loader puts what is in there into every program, before all else.
    private const string Preloaded = "/etc/ld.so.preload";

    private static readonly TimeSpan RemoveTimeout = TimeSpan.FromSeconds(30);

    private readonly SandboxOptions _options = options.Value;

    /// <summary>The id of the image, when sandboxes can be made of it. They are made of that one, whatever its name means later.</summary>
    /// <exception cref="SandboxEngineException">It is missing or is not fit; the message has the remedy.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var settings = await InspectAsync(cancellationToken);
            Refuse(ImageCheck.FaultOf(settings));
            await CheckFilesAsync(settings.Id, cancellationToken);
            return settings.Id;
        }
        catch (ImageFaultException exception)
        {
            throw new SandboxEngineException(
                $"The sandbox image '{_options.Image}' {exception.Message} Build it FROM the sandbox image of this version, "
                    + "see docs/own-image.md, or change Sandbox:Image."
            );
        }
    }

    private async Task<ImageSettings> InspectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var image = await docker.Images.InspectImageAsync(_options.Image, cancellationToken);
            return new ImageSettings(image.ID, [.. image.Config?.Env ?? []], [.. image.Config?.Volumes?.Keys ?? []]);
        }
        catch (DockerImageNotFoundException exception)
        {
            throw new SandboxEngineException(
                $"The engine has no image '{_options.Image}'. Build it with `make sandbox-image`, or change Sandbox:Image.",
                exception
            );
        }
    }

    private async Task CheckFilesAsync(string image, CancellationToken cancellationToken)
    {
        var id = (
            await docker.Containers.CreateContainerAsync(SandboxContainer.DescribeUnstarted(image, runner.Value.Id), cancellationToken)
        ).ID;
        try
        {
            if (await ReadAsync(id, ImageDescription.Path, cancellationToken) is [{ Content: { } content }])
                Describe(content);
            else if (!_options.AllowOtherSupervisor)
                Refuse($"has no description at {ImageDescription.Path}.");
            if (await ReadAsync(id, Preloaded, cancellationToken) is not [])
                Refuse($"has the file {Preloaded}, which would change the supervisor.");

            ImageFile[] own =
            [
                .. await ReadAsync(id, OwnFiles.Supervisor, cancellationToken),
                .. await ReadAsync(id, OwnFiles.Package, cancellationToken),
                .. await ReadAsync(id, OwnFiles.PackageHook, cancellationToken),
            ];
            var fault = ImageCheck.FaultOf(own);
            if (_options.AllowOtherSupervisor && fault is not null)
                OtherSupervisor(fault);
            else
                Refuse(fault);
        }
        finally
        {
            using var timeout = new CancellationTokenSource(RemoveTimeout);
            await docker.Containers.RemoveContainerAsync(
                id,
                new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                timeout.Token
            );
        }
    }

    private void Describe(byte[] content)
    {
        var description = ImageDescription.Read(content);
        Refuse(ImageCheck.FaultOf(description));
        environment.Set(description.ToEnvironment());
    }

    /// <summary>The files below a path of the container; none when there is no such path.</summary>
    private async Task<IReadOnlyList<ImageFile>> ReadAsync(string id, string path, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await docker.Containers.GetArchiveFromContainerAsync(
                id,
                new GetArchiveFromContainerParameters { Path = path },
                statOnly: false,
                cancellationToken
            );
            await using var archive = answer.Stream;
            return await ImageArchive.ReadAsync(archive, Path.GetDirectoryName(path)!, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
            return [];
        }
    }

    private static void Refuse(string? fault)
    {
        if (fault is not null)
            throw new ImageFaultException(fault);
    }

    [LoggerMessage(34, LogLevel.Warning, "Sandbox:AllowOtherSupervisor is on, and the sandbox image {Fault}")]
    private partial void OtherSupervisor(string fault);
}
