using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Docker;

/// <summary>A sandbox that is a container.</summary>
/// <remarks>Another runner's sandbox may get its name as soon as it has ended, but never its id.</remarks>
internal sealed class DockerSandbox(long userId, string id, Stream channel, DockerSandboxEngine engine) : ISandbox
{
    public string Name { get; } = SandboxContainer.NameFor(userId);

    public Stream Channel => channel;

    public Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken) =>
        engine.LimitAsync(id, memoryBytes, processes, cancellationToken);

    public Task<SandboxFailureCause> FindCauseAsync() => engine.FindCauseAsync(id);

    public async Task LeaveAsync()
    {
        await channel.DisposeAsync();
        await engine.AwaitExitAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await engine.ReleaseAsync(userId, id);
    }
}
