using CodeInterpreter.Client.Tests;

[assembly: AssemblyFixture(typeof(ProductFixture))]

namespace CodeInterpreter.Client.Tests;

/// <summary>One product for all tests; each test is a user of its own.</summary>
public sealed class ProductFixture : IAsyncLifetime
{
    private StandaloneProcess _product = null!;

    internal Uri Address => _product.GrpcAddress;

    internal Uri Http => _product.Http.BaseAddress!;

    internal static string NewUser() => $"user-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync() =>
        _product = await StandaloneProcess.StartAsync(
            StandaloneProcess.NewDataDirectory(),
            // A small quota, which one test uses up.
            ("FileStore:MaxUserBytes", "120000000")
        );

    public async ValueTask DisposeAsync()
    {
        await _product.StopAsync();
        (await Docker.ContainersOfAsync(_product.RunnerId)).ShouldBeEmpty();
        await _product.DisposeAsync();
    }

    /// <summary>A client of a new user.</summary>
    internal CodeInterpreterClient NewClient() => new(Address.ToString(), NewUser());

    /// <summary>A client of a new user, through a proxy.</summary>
    internal static CodeInterpreterClient NewClient(TcpProxy proxy, Action<CodeInterpreterClientOptions>? configure = null)
    {
        var options = new CodeInterpreterClientOptions { Address = proxy.Address, UserId = NewUser() };
        options.Retry.BaseDelay = TimeSpan.FromMilliseconds(200);
        configure?.Invoke(options);
        return new CodeInterpreterClient(options);
    }
}
