using CodeInterpreter.Discord.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(Product))]

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>The product that runs the code, in one process. It starts when the first test asks for it.</summary>
public sealed class Product : IAsyncDisposable
{
    // Nobody follows the links: they only have to be whole addresses.
    internal const string LinkBase = "https://code.example.org";

    private readonly Lazy<Task<StandaloneProcess>> _process = new(() =>
        StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory(), ("Gateway:Links:BaseAddress", LinkBase))
    );

    internal async Task<Uri> AddressAsync() => (await _process.Value).GrpcAddress;

    public async ValueTask DisposeAsync()
    {
        if (!_process.IsValueCreated)
            return;
        var process = await _process.Value;
        await process.StopAsync();
        (await Docker.ContainersOfAsync(process.RunnerId)).ShouldBeEmpty();
        await process.DisposeAsync();
    }
}
