namespace CodeInterpreter.TestServers;

/// <summary>Where a server runs: a container or a process, always on the same port of the loopback.</summary>
internal interface IServerHost : IAsyncDisposable
{
    string Description { get; }

    int Port { get; }

    /// <summary>Starts the server, for the first time or again; it may take a while until it answers.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);

    Task KillAsync(CancellationToken cancellationToken);

    /// <summary>The end of what the server wrote.</summary>
    Task<string> ReadLogAsync(CancellationToken cancellationToken);
}
