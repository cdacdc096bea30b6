namespace CodeInterpreter.TestServers;

/// <summary>
/// A real server for tests. It can be stopped and started again at the same address, with its data, to see what its
/// clients make of that; disposing of it removes everything. Not for concurrent use.
/// </summary>
public abstract class TestServer : IAsyncDisposable
{
    private readonly IServerHost? _host;
    private readonly IServerProbe _probe;

    private protected TestServer(IServerHost? host, IServerProbe probe, string description)
    {
        (_host, _probe) = (host, probe);
        Description = description;
    }

    /// <summary>What it is: an image, a program, or the environment variable that names it.</summary>
    public string Description { get; }

    /// <summary>Whether it was started here. A server that an environment variable names is not touched.</summary>
    public bool IsOwned => _host is not null;

    /// <summary>Starts the server after a stop, and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">It is not owned, or did not start.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await Host.StartAsync(cancellationToken);
        await Readiness.UntilAnswersAsync(Host, _probe, cancellationToken);
    }

    /// <summary>Stops the server as an operator does; its data stays.</summary>
    /// <exception cref="InvalidOperationException">It is not owned, or did not stop.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => Host.StopAsync(cancellationToken);

    /// <summary>Ends the server at once, as a crash does; what it had acknowledged stays.</summary>
    /// <exception cref="InvalidOperationException">It is not owned, or was not running.</exception>
    public Task KillAsync(CancellationToken cancellationToken = default) => Host.KillAsync(cancellationToken);

    /// <summary>Stops and starts the server, and returns when it answers again.</summary>
    /// <exception cref="InvalidOperationException">It is not owned, or did not stop or start.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private IServerHost Host => _host ?? throw new InvalidOperationException($"The server of {Description} was not started here.");

    /// <summary>Starts a new server; when it does not answer, nothing of it is left.</summary>
    private protected static async Task<IServerHost> LaunchAsync(IServerHost host, IServerProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
            await Readiness.UntilAnswersAsync(host, probe, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }
}
