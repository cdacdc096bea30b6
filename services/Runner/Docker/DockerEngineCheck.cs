using CodeInterpreter.Runner.Sandboxes;
using Docker.DotNet;
using Docker.DotNet.Models;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Says at the start, and with the remedy, what would otherwise fail at the first execution.</summary>
internal sealed class DockerEngineCheck(IDockerClient docker, IOptions<SandboxOptions> options)
{
    private readonly SandboxOptions _options = options.Value;

    /// <summary>What the engine says of itself, when sandboxes can be created on it.</summary>
    public async Task<SystemInfoResponse> RunAsync(CancellationToken cancellationToken)
    {
        var info = await docker.System.GetSystemInfoAsync(cancellationToken);
        CheckRuntime(info.Runtimes?.Keys ?? []);
        CheckSeccomp(info.SecurityOptions ?? []);
        CheckLimits(info, _options.AllowWithoutLimits);
        CheckUserIds(info, _options);
        return info;
    }

    private void CheckRuntime(ICollection<string> runtimes)
    {
        if (_options.OciRuntime.Length > 0 && !runtimes.Contains(_options.OciRuntime))
            throw new SandboxEngineException(
                $"The engine has no OCI runtime '{_options.OciRuntime}', only {string.Join(", ", runtimes)}. Install it, or "
                    + "change Sandbox:OciRuntime."
            );
    }

    private void CheckSeccomp(IList<string> securityOptions)
    {
        if (!_options.AllowWithoutSeccomp && !securityOptions.Any(option => option.Contains("seccomp", StringComparison.Ordinal)))
            throw new SandboxEngineException(
                "The engine does not filter system calls (seccomp). Use one that does, or accept the risk with "
                    + "Sandbox:AllowWithoutSeccomp=true."
            );
    }

    /// <summary>An engine that cannot limit something starts the container without that limit, and only warns.</summary>
    internal static void CheckLimits(SystemInfoResponse info, bool allowWithout)
    {
        string[] missing =
        [
            .. info.MemoryLimit ? [] : (string[])["memory"],
            .. info.SwapLimit ? [] : (string[])["swap"],
            .. info.PidsLimit ? [] : (string[])["processes"],
            .. info.CPUCfsQuota && info.CPUCfsPeriod ? [] : (string[])["processors"],
        ];
        if (missing.Length > 0 && !allowWithout)
            throw new SandboxEngineException(
                $"The engine cannot limit {string.Join(", ", missing)} (see `docker info`). Give it the control groups, or accept "
                    + "the risk with Sandbox:AllowWithoutLimits=true."
            );
    }

    /// <summary>Whether the users of a container are others on the host, of whom there are few.</summary>
    public static bool MapsUsers(SystemInfoResponse info) =>
        info.SecurityOptions?.Any(option =>
            option.Contains("name=userns", StringComparison.Ordinal) || option.Contains("name=rootless", StringComparison.Ordinal)
        ) == true;

    internal static void CheckUserIds(SystemInfoResponse info, SandboxOptions options)
    {
        if (MapsUsers(info) && options.FirstUserId + options.UserIds > SandboxUserIds.Mapped)
            throw new SandboxEngineException(
                $"The engine maps users (userns-remap or rootless) and has {SandboxUserIds.Mapped} of them in a container, which "
                    + $"Sandbox:FirstUserId ({options.FirstUserId}) and Sandbox:UserIds ({options.UserIds}) exceed. "
                    + "Leave Sandbox:FirstUserId at 0."
            );
    }
}
