namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>Where sandboxes come from.</summary>
internal interface ISandboxEngine
{
    /// <summary>
    /// Returns when sandboxes can be created as configured, throws <see cref="SandboxEngineException"/> with the remedy otherwise.
    /// </summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Creates and starts a sandbox.</summary>
    Task<ISandbox> StartAsync(SandboxProfile profile, CancellationToken cancellationToken);

    /// <summary>Removes what dead runners and broken calls left behind; returns how many sandboxes that were.</summary>
    Task<int> SweepAsync(CancellationToken cancellationToken);
}
