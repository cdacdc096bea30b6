using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.TestServers;

[assembly: AssemblyFixture(typeof(S3Fixture))]

namespace CodeInterpreter.FileStore.Tests.Blobs;

/// <summary>One S3 store for all tests that leave it running, started by the first of them.</summary>
public sealed class S3Fixture : IAsyncDisposable
{
    private readonly Lazy<Task<S3Server>> _server = new(() => S3Server.LaunchAsync());

    /// <summary>The server, when it answers.</summary>
    public Task<S3Server> ServerAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
