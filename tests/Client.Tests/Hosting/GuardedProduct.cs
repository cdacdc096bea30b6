namespace CodeInterpreter.Client.Tests.Hosting;

/// <summary>A product that asks for keys, and lets a user run one execution at a time.</summary>
public sealed class GuardedProduct : IAsyncLifetime
{
    private StandaloneProcess _product = null!;

    internal Uri Address => _product.GrpcAddress;

    internal string User { get; } = ProductFixture.NewUser();

    internal string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var data = StandaloneProcess.NewDataDirectory();
        var created = await ServiceProcess.RunAsync(
            "Standalone",
            ["keys", "create", "--name", "a test", "--user", User],
            new Dictionary<string, string> { ["Standalone:DataDirectory"] = data }
        );
        Key = created.Output.Trim();
        _product = await StandaloneProcess.StartAsync(
            data,
            ("Gateway:Access:Mode", "Required"),
            ("Gateway:Limits:ExecutionsPerUser", "1"),
            ("Pool:Data", "0")
        );
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();
}
