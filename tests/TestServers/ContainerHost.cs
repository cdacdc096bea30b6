namespace CodeInterpreter.TestServers;

/// <summary>A server in a container of its own.</summary>
internal sealed class ContainerHost : IServerHost
{
    internal const string RoleLabel = "code-interpreter.role=test-server";
    internal const string OwnerLabel = "code-interpreter.owner-pid";

    // Process ids mean nothing on another machine that uses the same engine.
    internal static readonly string MachineLabel = $"code-interpreter.owner-machine={Environment.MachineName}";
    private static readonly Lazy<Task> Sweep = new(RemoveAbandonedAsync);

    private readonly string _name;

    private ContainerHost(string image, string name, int port) => (Description, _name, Port) = (image, name, port);

    public string Description { get; }

    public int Port { get; }

    /// <summary>Creates the container, and leaves the start to the caller.</summary>
    /// <param name="kind">Goes into the container's name.</param>
    /// <param name="images">The first of them that the engine has is taken.</param>
    /// <param name="port">The port of the server inside the container.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <exception cref="InvalidOperationException">The engine has none of the images, or does not answer.</exception>
    public static async Task<ContainerHost> CreateAsync(string kind, string[] images, int port, CancellationToken cancellationToken)
    {
        await Sweep.Value;
        var image = await FindImageAsync(images, cancellationToken);
        var host = new ContainerHost(image, $"code-interpreter-test-{kind}-{Guid.NewGuid():N}", FreePort.Find());
        await DockerAsync(
            cancellationToken,
            "create",
            "--name",
            host._name,
            "--publish",
            $"127.0.0.1:{host.Port}:{port}",
            "--no-healthcheck",
            "--label",
            RoleLabel,
            "--label",
            MachineLabel,
            "--label",
            $"{OwnerLabel}={Owner.Id}",
            image
        );
        return host;
    }

    public Task StartAsync(CancellationToken cancellationToken) => DockerAsync(cancellationToken, "start", _name);

    /// <summary>Copies a file into the container, readable by its server, before the start.</summary>
    public async Task AddFileAsync(string source, string path, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(source, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await DockerAsync(cancellationToken, "cp", source, $"{_name}:{path}");
    }

    /// <summary>Runs a program in the container.</summary>
    public Task<string> RunAsync(CancellationToken cancellationToken, params string[] command) =>
        DockerAsync(cancellationToken, ["exec", _name, .. command]);

    public Task StopAsync(CancellationToken cancellationToken) => DockerAsync(cancellationToken, "stop", "--time", "30", _name);

    public Task KillAsync(CancellationToken cancellationToken) => DockerAsync(cancellationToken, "kill", _name);

    /// <summary>Freezes all processes of the container: connections stay open, and nothing responds.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => DockerAsync(cancellationToken, "pause", _name);

    public Task ThawAsync(CancellationToken cancellationToken) => DockerAsync(cancellationToken, "unpause", _name);

    public Task<string> ReadLogAsync(CancellationToken cancellationToken) => DockerAsync(cancellationToken, "logs", "--tail", "40", _name);

    public async ValueTask DisposeAsync() => await RemoveAsync(_name);

    private static async Task<string> FindImageAsync(string[] images, CancellationToken cancellationToken)
    {
        var present = await DockerAsync(cancellationToken, "images", "--format", "{{.Repository}}:{{.Tag}}");
        return images.FirstOrDefault(present.Split('\n').Contains)
            ?? throw new InvalidOperationException(
                $"The engine has none of the images {string.Join(", ", images)}. `.dev/test-servers.sh` pulls or builds them."
            );
    }

    /// <summary>Removes the servers of test runs that ended without removing them.</summary>
    internal static async Task RemoveAbandonedAsync()
    {
        var containers = await DockerAsync(
            CancellationToken.None,
            "ps",
            "--all",
            "--filter",
            $"label={RoleLabel}",
            "--filter",
            $"label={MachineLabel}",
            "--format",
            $"{{{{.Names}}}} {{{{.Label \"{OwnerLabel}\"}}}}"
        );
        foreach (var container in containers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, owner) = container.Split(' ') is [var first, var second] ? (first, second) : (container.Trim(), "");
            if (Owner.IsAlive(owner))
                continue;
            try
            {
                await RemoveAsync(name);
            }
            // Another test run may remove it at the same time.
            catch (InvalidOperationException) { }
        }
    }

    private static async Task RemoveAsync(string name) => await DockerAsync(CancellationToken.None, "rm", "--force", "--volumes", name);

    private static Task<string> DockerAsync(CancellationToken cancellationToken, params string[] arguments) =>
        CommandLine.RunAsync("docker", arguments, cancellationToken);
}
