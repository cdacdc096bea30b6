using System.Net;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>A gateway that can remember no execution is sent none.</summary>
public sealed class DatabaseFullTests : IAsyncLifetime
{
    private SmallDisk _disk = null!;
    private FileStoreHost _files = null!;
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync(megabytes: 4);
        _files = await FileStoreHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = _files.Address.ToString(),
                ["Gateway:DataDirectory"] = _disk.Path,
            },
            TimeProvider.System
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _files.DisposeAsync();
        await _disk.DisposeAsync();
    }

    [Fact]
    public async Task Readiness_FullDisk_IsNotReadyUntilThereIsSpace()
    {
        (await ReadinessAsync()).ShouldBe(HttpStatusCode.OK);
        _disk.Fill();

        using (var response = await _gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "1" }"""))
        {
            await response.ShouldBeProblemAsync(503);
        }

        (await ReadinessAsync()).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _disk.MakeRoom();
        (await ReadinessAsync()).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> ReadinessAsync()
    {
        using var ready = await _gateway.Http.GetAsync("/health/ready", Token);
        return ready.StatusCode;
    }
}
