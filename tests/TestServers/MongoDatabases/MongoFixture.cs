using CodeInterpreter.TestServers;

namespace CodeInterpreter.MongoDatabases;

/// <summary>One MongoDB for all tests of an assembly that leave it running, started by the first of them.</summary>
public sealed class MongoFixture : IAsyncDisposable
{
    private readonly Lazy<Task<MongoServer>> _server = new(() => MongoServer.LaunchAsync());

    /// <summary>The server, when it answers.</summary>
    public Task<MongoServer> ServerAsync() => _server.Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
