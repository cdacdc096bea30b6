using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Docker;

/// <summary>A sandbox that is a container.</summary>
internal sealed class DockerSandbox(string name, Stream channel, DockerSandboxEngine engine) : ISandbox
{
    public string Name => name;

    public Stream Channel => channel;

    public Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken) =>
        engine.LimitAsync(name, memoryBytes, processes, cancellationToken);

    public async Task LeaveAsync()
    {
        await channel.DisposeAsync();
        await engine.AwaitExitAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await engine.RemoveAsync(name);
    }
}
