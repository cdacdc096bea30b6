using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Images;

/// <summary>What the image of this runner has, once it has been checked.</summary>
internal sealed class ImageEnvironment
{
    private readonly TaskCompletionSource<SandboxEnvironment> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is known, which it never is for an image without a description.</summary>
    public Task<SandboxEnvironment> Known => _known.Task;

    public void Set(SandboxEnvironment environment) => _known.TrySetResult(environment);
}
