using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Environments;

/// <summary>What the runners announced about their images, until it expires.</summary>
internal sealed partial class KnownEnvironments(TimeProvider time, ILogger<KnownEnvironments> logger)
{
    /// <summary>The most runners that are kept: more are invented.</summary>
    public const int MaxRunners = 1000;

    private readonly ConcurrentDictionary<string, (SandboxEnvironment Environment, DateTimeOffset Until)> _runners = new();

    /// <summary>Keeps the announcement of a runner, unless it exceeds the limits.</summary>
    public void Add(RunnerEnvironment announced)
    {
        if (EnvironmentBounds.FaultOf(announced.Environment) is { } fault)
        {
            Refused(fault);
            return;
        }

        Forget();
        if (_runners.Count < MaxRunners || _runners.ContainsKey(announced.RunnerId))
            _runners[announced.RunnerId] = (announced.Environment, time.GetUtcNow() + RunnerEnvironment.GoodFor);
    }

    /// <summary>What all images have in common; of the packages only the named one, if the name is not empty.</summary>
    /// <exception cref="GatewayException">There is no announcement, or the name is too long.</exception>
    public CommonEnvironment Get(string package) =>
        package.Length switch
        {
            0 => Get(),
            <= EnvironmentBounds.NameLength => Get().With(package),
            _ => throw GatewayException.Invalid("package", $"must have at most {EnvironmentBounds.NameLength} characters."),
        };

    /// <inheritdoc cref="Get(string)"/>
    public CommonEnvironment Get()
    {
        Forget();
        SandboxEnvironment[] environments = [.. _runners.Values.Select(runner => runner.Environment)];
        return environments.Length > 0
            ? CommonEnvironment.Of(environments)
            : throw new GatewayException(
                GatewayErrorKind.Unavailable,
                "No runner has announced its sandboxes: there is no runner, or it has just started."
            )
            {
                RetryDelay = RunnerEnvironment.Interval,
            };
    }

    private void Forget()
    {
        foreach (var runner in _runners.Where(runner => runner.Value.Until <= time.GetUtcNow()))
            _runners.TryRemove(runner);
    }

    [LoggerMessage(80, LogLevel.Warning, "The announcement of a runner about its image was refused: {Fault}")]
    private partial void Refused(string fault);
}
