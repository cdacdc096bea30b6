using CodeInterpreter.FileStore;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CodeInterpreter.Standalone;

/// <summary>The file store in this process, on a socket in the data directory. Registered first, it starts first and stops last.</summary>
internal sealed class EmbeddedFileStore(
    DataDirectory data,
    IConfiguration configuration,
    ILoggerFactory loggerFactory,
    TimeProvider time,
    LoggedSections logged
) : IHostedService
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // An empty builder: the endpoints that the environment names are the gateway's, not this one's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "CodeInterpreter.FileStore" });
        foreach (var section in (string[])["FileStore", "Database", "Trust"])
            builder.Configuration.AddInMemoryCollection(configuration.GetSection(section).AsEnumerable());
        // The outer host collects what is measured here.
        builder.AddConfigurationDefaults(new Dictionary<string, string?> { ["Telemetry:Enabled"] = "false" });
        builder.Services.AddSingleton(loggerFactory).AddSingleton(time).AddSingleton(logged).AddLogging().AddRoutingCore();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(data.FileStoreSocket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.AddServiceDefaults();
        builder.AddFileStore();

        _app = builder.Build();
        _app.UseRouting();
        _app.MapFileStore();
        _app.MapServiceDefaults();
        await _app.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null)
            return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }
}
