using CodeInterpreter.TestServers.Tests;

[assembly: AssemblyFixture(typeof(MongoFixture))]
[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace CodeInterpreter.TestServers.Tests;

/// <summary>One MongoDB for all tests that leave it running.</summary>
public sealed class MongoFixture : IAsyncLifetime
{
    public MongoServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await MongoServer.LaunchAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>One RabbitMQ for all tests that leave it running.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    public RabbitMqServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RabbitMqServer.LaunchAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
