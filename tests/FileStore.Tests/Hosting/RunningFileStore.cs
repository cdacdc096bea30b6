using System.Net.Sockets;
using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.ServiceDefaults.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>
/// The whole service in this process: Kestrel on a Unix socket, SQLite and a disk, and a real gRPC client.
/// </summary>
internal sealed class RunningFileStore : IAsyncDisposable
{
    // What frameworks log counts, too, when a test looks for names in the log.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["FileStore:DataDirectory"] = "data",
        ["Logging:LogLevel:Default"] = "Debug",
        ["Logging:LogLevel:Grpc"] = "Debug",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
    };

    private readonly TemporaryDirectory _directory = new();
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunningFileStore((string Option, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _directory.Path });
        builder.Configuration.AddInMemoryCollection(Defaults);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Option, string? (setting) => setting.Value));
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(SocketPath, endpoint => endpoint.Protocols = HttpProtocols.Http2)
        );
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddServiceDefaults();
        builder.AddFileStore();
        _app = builder.Build();
        _app.MapFileStore();
        _app.MapServiceDefaults();
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = CreateHandler() });
        Client = new FileService.FileServiceClient(_channel);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordedLog Log { get; } = new();

    public FileService.FileServiceClient Client { get; }

    public GrpcChannel Channel => _channel;

    public IServiceProvider Services => _app.Services;

    public string DataDirectory => Path.Combine(_directory.Path, "data");

    public string SocketPath => Path.Combine(_directory.Path, "grpc.sock");

    public static async Task<RunningFileStore> StartAsync(params (string Option, string Value)[] settings)
    {
        var store = new RunningFileStore(settings);
        try
        {
            await store._app.StartAsync();
            return store;
        }
        catch
        {
            // What was started before the part that refused still works in the directory. With impossible settings nothing was.
            await store.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that is on the disk for files, finished or not.</summary>
    public string[] BlobPaths() => [.. EntriesIn("user_files"), .. EntriesIn("incoming")];

    /// <summary>The sweep at the start, which is not waited for otherwise, is over.</summary>
    public Task UntilSweptAsync() => Eventually.TrueAsync(() => Log.Texts.Any(text => text.Contains("Swept ")));

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    private IEnumerable<string> EntriesIn(string folder) =>
        Directory
            .EnumerateFileSystemEntries(Path.Combine(DataDirectory, folder), "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetFileName(path).StartsWith(DiskBlobStore.MarkName, StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(DataDirectory, path))
            .Order();

    private SocketsHttpHandler CreateHandler() =>
        new()
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
}
