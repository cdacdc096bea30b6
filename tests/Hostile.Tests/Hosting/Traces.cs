namespace CodeInterpreter.Hostile.Tests.Hosting;

/// <summary>What executions could leave on the host of an engine and in the process of the runner.</summary>
/// <param name="Sandboxes">Containers of the runner, running or not.</param>
/// <param name="Processes">Processes in them that do not wait for code.</param>
/// <param name="Mounts">Root file systems of containers that are gone.</param>
/// <param name="ControlGroups">Control groups of containers that are gone.</param>
/// <param name="Descriptors">What the product has open.</param>
/// <param name="TemporaryFiles">Its temporary files, and files it has begun to store.</param>
/// <param name="Memory">Its resident memory in bytes.</param>
internal sealed record Traces(int Sandboxes, int Processes, int Mounts, int ControlGroups, int Descriptors, int TemporaryFiles, long Memory)
{
    // What was started for somebody who got another one joins the stock; each that is ready has one process, and one that waits.
    private const int MoreSandboxes = 4;

    // Connections that are kept open.
    private const int MoreDescriptors = 40;

    // What the collector has not taken back yet. Whether it grows for ever is another test's question; this one's is whether something of
    // gigabytes went through memory.
    private const long MoreMemory = 800L * 1024 * 1024;

    public static async Task<Traces> ReadAsync(StandaloneProcess product, string dataDirectory, string temporaryDirectory)
    {
        var sandboxes = await Docker.ContainersOfAsync(product.RunnerId);
        var processes = await Task.WhenAll(sandboxes.Select(Docker.ProcessesOfAsync));
        var process = $"/proc/{product.ProcessId}";
        var groups = ControlGroupsOfContainers();
        var mounts = (await File.ReadAllLinesAsync("/proc/mounts")).Count(line => line.Contains("/overlay2/", StringComparison.Ordinal));
        // Last, so that a container that starts meanwhile is not missed; those of others come and go.
        var containers = await Docker.RunAsync("ps", "--all", "--quiet", "--no-trunc");
        return new Traces(
            sandboxes.Length,
            processes.Sum(lines => lines.Length),
            Math.Max(0, mounts - containers.Length),
            groups.Except(containers).Count(),
            Directory.GetFileSystemEntries($"{process}/fd").Length,
            Directory.GetFileSystemEntries(temporaryDirectory).Length
                + Directory.GetFiles(Path.Combine(dataDirectory, "files", "incoming")).Length,
            ResidentBytes(await File.ReadAllLinesAsync($"{process}/status"))
        );
    }

    public bool IsNoMoreThan(Traces before) =>
        Sandboxes >= before.Sandboxes
        && Sandboxes <= before.Sandboxes + MoreSandboxes
        && Processes <= Sandboxes
        && Mounts <= before.Mounts
        && ControlGroups <= before.ControlGroups
        && Descriptors <= before.Descriptors + MoreDescriptors
        && TemporaryFiles <= before.TemporaryFiles
        && Memory <= before.Memory + MoreMemory;

    // Version 1 has a tree for each controller, version 2 one for all.
    private static HashSet<string> ControlGroupsOfContainers() =>
        ((string[])["/sys/fs/cgroup/memory/docker", "/sys/fs/cgroup/docker"])
            .Where(Directory.Exists)
            .SelectMany(tree => Directory.GetDirectories(tree))
            .Select(group => Path.GetFileName(group))
            .ToHashSet();

    private static long ResidentBytes(IEnumerable<string> status) =>
        1024
        * long.Parse(
            status.Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
}
