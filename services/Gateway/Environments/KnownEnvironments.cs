using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Environments;

/// <summary>What the runners have told of their images, for as long as it is good.</summary>
internal sealed partial class KnownEnvironments(TimeProvider time, ILogger<KnownEnvironments> logger)
{
    /// <summary>More runners are not remembered: somebody makes them up.</summary>
    public const int MaxRunners = 1000;

    private readonly ConcurrentDictionary<string, (SandboxEnvironment Environment, DateTimeOffset Until)> _runners = new();

    /// <summary>Takes in what a runner tells; what exceeds the bounds is not believed.</summary>
    public void Tell(RunnerEnvironment told)
    {
        if (EnvironmentBounds.FaultOf(told.Environment) is { } fault)
        {
            NotBelieved(fault);
            return;
        }

        Forget();
        if (_runners.Count < MaxRunners || _runners.ContainsKey(told.RunnerId))
            _runners[told.RunnerId] = (told.Environment, time.GetUtcNow() + RunnerEnvironment.GoodFor);
    }

    /// <summary>What all of them have; with no other package than the one that is named.</summary>
    /// <exception cref="GatewayException">No runner has told anything, or the name is too long.</exception>
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
                "No runner has told yet what its sandboxes have: there is no runner, or it has just started."
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

    [LoggerMessage(80, LogLevel.Warning, "What a runner tells of its image is not believed: {Fault}")]
    private partial void NotBelieved(string fault);
}
