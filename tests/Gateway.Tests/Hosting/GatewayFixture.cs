using CodeInterpreter.Gateway.Tests.Hosting;

[assembly: AssemblyFixture(typeof(GatewayFixture))]

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>A gateway with its file store that all tests share; each uses users of its own.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private FileStoreHost? _fileStore;
    private GatewayHost? _gateway;

    internal GatewayHost Gateway => _gateway.ShouldNotBeNull();

    public static string NewUser() => $"user-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        _fileStore = await FileStoreHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(_fileStore.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _fileStore!.DisposeAsync();
    }
}
