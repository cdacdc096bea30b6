using System.Net;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Docker.DotNet.Models;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Sandboxes as containers of a Docker engine.</summary>
internal sealed partial class DockerSandboxEngine(
    IDockerClient docker,
    DockerEngineCheck check,
    DockerImageCheck imageCheck,
    IOptions<SandboxOptions> options,
    IOptions<RunnerOptions> runner,
    TimeProvider time,
    ILogger<DockerSandboxEngine> logger
) : ISandboxEngine
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CreateGrace = TimeSpan.FromSeconds(5);

    // Looking into the image reads all of its own files.
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Our own profile, from the image's source.</summary>
    internal static readonly string SeccompProfile = ReadSeccompProfile();

    private readonly SandboxOptions _options = options.Value;
    private readonly string _runnerId = runner.Value.Id;
    private readonly SandboxUserIds _userIds = new(options.Value);
    private readonly ContainerRemoval _removal = new(docker, time);
    private string _image = options.Value.Image;

    public Task CheckAsync(CancellationToken cancellationToken) =>
        docker.GuardAsync(
            CheckTimeout,
            time,
            async token =>
            {
                // The seccomp profile is what keeps sandboxes from asking for it.
                if (_options.AllowWithoutSeccomp && CorePattern.StartsAProgram() == true)
                    CoreDumpsStartAProgram();
                _userIds.Fit(DockerEngineCheck.MapsUsers(await check.RunAsync(token)));
                _image = await imageCheck.RunAsync(token);
                return true;
            },
            cancellationToken
        );

    public Task<ISandbox> StartAsync(SandboxProfile profile, CancellationToken cancellationToken) =>
        docker.GuardAsync(
            async () =>
            {
                for (var tried = 0; tried < _userIds.Count; tried++)
                {
                    if (await TryStartAsync(_userIds.Take(), profile, cancellationToken) is { } sandbox)
                        return sandbox;
                }

                throw _userIds.Exhausted();
            },
            cancellationToken
        );

    // The engine may complete a call that is given up, when the container has been looked for already: so a stop waits for it.
    private async Task<string> CreateAsync(CreateContainerParameters description, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = cancellationToken.Register(() => timeout.CancelAfter(CreateGrace));
        var created = await docker.Containers.CreateContainerAsync(description, timeout.Token);
        return created.ID;
    }

    /// <summary>Null when another runner's sandbox has the user id.</summary>
    private async Task<ISandbox?> TryStartAsync(long userId, SandboxProfile profile, CancellationToken cancellationToken)
    {
        var description = SandboxContainer.Describe(userId, profile, _runnerId, _options, SeccompProfile);
        description.Image = _image;
        string? id = null;
        MultiplexedStream? attached = null;
        try
        {
            id = await CreateAsync(description, cancellationToken);
            attached = await AttachAsync(id, cancellationToken);
            await docker.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellationToken);
            return new DockerSandbox(userId, id, new AttachedStream(attached), this);
        }
        catch (DockerApiException exception) when (id is null && exception.StatusCode == HttpStatusCode.Conflict)
        {
            _userIds.Return(userId);
            return null;
        }
        catch
        {
            attached?.Dispose();
            await RemoveFailedAsync(userId, id);
            throw;
        }
    }

    /// <summary>Lowers what a running container may use, as <see cref="ISandbox.LimitAsync"/>.</summary>
    public Task<bool> LimitAsync(string name, long? memoryBytes, int? processes, CancellationToken cancellationToken) =>
        docker.GuardAsync(
            CallTimeout,
            time,
            async token =>
            {
                try
                {
                    var limits = SandboxContainer.Limit(_options, memoryBytes, processes);
                    await docker.Containers.UpdateContainerAsync(name, limits, token);
                    return true;
                }
                // The kernel sets no limit below what is in use.
                catch (DockerApiException exception)
                    when (memoryBytes is not null && exception.ResponseBody?.Contains("memory", StringComparison.Ordinal) == true)
                {
                    return false;
                }
            },
            cancellationToken
        );

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{SandboxLabels.Role}={SandboxLabels.SandboxRole}"] = true },
        };
        var all = new ContainersListParameters { All = true, Filters = filters };
        var found = await docker.GuardAsync(
            CallTimeout,
            time,
            token => docker.Containers.ListContainersAsync(all, token),
            cancellationToken
        );
        var swept = 0;
        foreach (var container in found.Where(IsLeftBehind))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryRemoveAsync(container.ID))
                swept++;
        }

        return swept;
    }

    // One that cannot be removed must not keep the others: it is found again the next time.
    private async Task<bool> TryRemoveAsync(string id)
    {
        try
        {
            return await _removal.RemoveAsync(id);
        }
        catch (SandboxEngineException exception)
        {
            NotRemoved(id, exception);
            return false;
        }
    }

    private Task<MultiplexedStream> AttachAsync(string name, CancellationToken cancellationToken) =>
        docker.Containers.AttachContainerAsync(
            name,
            tty: false,
            new ContainerAttachParameters
            {
                Stream = true,
                Stdin = true,
                Stdout = true,
                Stderr = true,
            },
            cancellationToken
        );

    /// <summary>
    /// Our own that we don't know of are left from an earlier process with our id or from a call that broke off. Of
    /// other runners' only those that do not run and have not for a while: running ones end with their runner.
    /// </summary>
    private bool IsLeftBehind(ContainerListResponse container)
    {
        if (container.Names?.Any(name => _userIds.Has(name.TrimStart('/'))) == true)
            return false;
        if (container.Labels?.TryGetValue(SandboxLabels.Runner, out var owner) == true && owner == _runnerId)
            return true;

        var age = time.GetUtcNow() - new DateTimeOffset(container.Created.ToUniversalTime());
        return container.State is "created" or "exited" or "dead" && age > _options.SweepGrace;
    }

    /// <summary>Waits a second for a container to exit by itself. Failures are ignored: its removal reports them.</summary>
    public async Task AwaitExitAsync(string name)
    {
        using var patience = new CancellationTokenSource(ExitTimeout, time);
        try
        {
            await docker.Containers.WaitContainerAsync(name, patience.Token);
        }
        catch (Exception)
        {
            // It still runs, is removed already, or the engine does not answer. It is removed in any case.
        }
    }

    /// <summary>Asks for a second, as <see cref="ISandbox.FindCauseAsync"/>.</summary>
    public async Task<SandboxFailureCause> FindCauseAsync(string id)
    {
        using var patience = new CancellationTokenSource(ExitTimeout, time);
        return await docker.System.FindCauseAsync(id, patience.Token);
    }

    /// <summary>
    /// Removes a sandbox of ours; its user id can then be another's. One that cannot be removed keeps its name, and so its id.
    /// </summary>
    public async Task ReleaseAsync(long userId, string id)
    {
        try
        {
            await _removal.RemoveAsync(id);
        }
        finally
        {
            _userIds.Return(userId);
        }
    }

    /// <summary>A call to create it that broke off may have done so all the same, and another runner's may have its name.</summary>
    private async Task RemoveFailedAsync(long userId, string? id)
    {
        try
        {
            if ((id ?? await FindOursAsync(SandboxContainer.NameFor(userId))) is { } found)
                await _removal.RemoveAsync(found);
        }
        finally
        {
            _userIds.Return(userId);
        }
    }

    private Task<string?> FindOursAsync(string name) =>
        docker.GuardAsync(
            async () =>
            {
                using var timeout = new CancellationTokenSource(CallTimeout, time);
                try
                {
                    var container = await docker.Containers.InspectContainerAsync(name, timeout.Token);
                    return container.Config.Labels.TryGetValue(SandboxLabels.Runner, out var owner) && owner == _runnerId
                        ? container.ID
                        : null;
                }
                catch (DockerContainerNotFoundException)
                {
                    return null;
                }
            },
            CancellationToken.None
        );

    private static string ReadSeccompProfile()
    {
        using var stream = typeof(DockerSandboxEngine).Assembly.GetManifestResourceStream("seccomp.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [LoggerMessage(
        33,
        LogLevel.Warning,
        "Without seccomp, code that crashes can start a program as root on this machine, because kernel.core_pattern begins with '|'. "
            + "Set it to 'core'"
    )]
    private partial void CoreDumpsStartAProgram();

    [LoggerMessage(32, LogLevel.Warning, "The left-behind sandbox {Id} could not be removed; it is tried again")]
    private partial void NotRemoved(string id, Exception exception);
}
