namespace CodeInterpreter.Contracts;

/// <summary>
/// Event of a runner to all gateways: what its sandboxes have. Published when the runner starts and every <see cref="Interval"/>, so that a
/// gateway needs to store nothing. Gateways drop the information when it is not repeated for <see cref="GoodFor"/>.
/// </summary>
public sealed record RunnerEnvironment
{
    /// <summary>Time between two events of a runner.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How long a gateway uses an event.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(30);

    /// <summary>The runner.</summary>
    public required string RunnerId { get; init; }

    /// <summary>Its image.</summary>
    public required SandboxEnvironment Environment { get; init; }
}
