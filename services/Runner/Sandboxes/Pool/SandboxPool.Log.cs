namespace CodeInterpreter.Runner.Sandboxes.Pool;

internal sealed partial class SandboxPool
{
    [LoggerMessage(10, LogLevel.Error, "No sandbox with the profile {Profile} could be started")]
    private partial void StartFailed(SandboxProfile profile, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The sandbox {Name} died before it was used")]
    private partial void DiedIdle(string name);

    [LoggerMessage(12, LogLevel.Warning, "The sandbox {Name} could not be destroyed")]
    private partial void DestroyFailed(string name, Exception exception);
}
