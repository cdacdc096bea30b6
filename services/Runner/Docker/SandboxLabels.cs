namespace CodeInterpreter.Runner.Docker;

/// <summary>The labels that say whose a container is.</summary>
internal static class SandboxLabels
{
    public const string Role = "code-interpreter.role";

    public const string SandboxRole = "sandbox";

    public const string Runner = "code-interpreter.runner";

    public const string Profile = "code-interpreter.profile";
}
