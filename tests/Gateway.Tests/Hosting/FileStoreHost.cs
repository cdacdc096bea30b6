using CodeInterpreter.FileStore;
using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>The real file store on a Unix socket, with a small limit for files.</summary>
internal sealed class FileStoreHost : IAsyncDisposable
{
    public const int MaxFileBytes = 1024 * 1024;

    private readonly TestDirectory _directory = new();
    private readonly WebApplication _app;

    private FileStoreHost(string? dataDirectory)
    {
        var socket = Path.Combine(_directory.Path, "files.sock");
        Address = new Uri($"unix://{socket}");
        var builder = WebApplication.CreateBuilder(_directory.HostOptions);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["FileStore:DataDirectory"] = dataDirectory ?? Path.Combine(_directory.Path, "files"),
                ["FileStore:MaxFileBytes"] = $"{MaxFileBytes}",
            }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.AddServiceDefaults();
        builder.AddFileStore();
        _app = builder.Build();
        _app.MapFileStore();
    }

    public Uri Address { get; }

    public static async Task<FileStoreHost> StartAsync(string? dataDirectory = null)
    {
        var host = new FileStoreHost(dataDirectory);
        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
