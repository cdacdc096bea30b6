using System.Net;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using Grpc.Net.Client;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ExecutionsClient = CodeInterpreter.Execution.V1.ExecutionService.ExecutionServiceClient;
using FilesClient = CodeInterpreter.Files.V1.FileService.FileServiceClient;
using LinksClient = CodeInterpreter.Files.V1.FileLinkService.FileLinkServiceClient;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>The gateway on two ports of its own, with a bus in memory and a stand-in for the runner on it.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly TestDirectory _directory;
    private readonly WebApplication _app;
    private GrpcChannel? _channel;

    private GatewayHost(
        TestDirectory directory,
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider timeProvider,
        ILoggerProvider? log,
        Action<IServiceCollection>? replace
    )
    {
        _directory = directory;
        var builder = WebApplication.CreateBuilder(_directory.HostOptions);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Gateway:DataDirectory"] = "state", ["MessageBus:Transport"] = "InMemory" }
        );
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(timeProvider);
        builder.AddServiceDefaults();
        builder.AddGateway();
        replace?.Invoke(builder.Services);
        builder.Services.AddSingleton(Runner);
        builder.AddMessageBus(
            "gateway",
            bus =>
            {
                bus.AddGatewayConsumers(builder.Configuration);
                bus.AddConsumer<StandInRunner>().Endpoint(endpoint => endpoint.Name = "execute-code");
                bus.AddConsumer<StandInInput>(consumer => consumer.ConcurrentMessageLimit = 1)
                    .Endpoint(endpoint => endpoint.Name = "stand-in-input");
                bus.AddConsumer<StandInOperator>();
            }
        );
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        _app = builder.Build();
        _app.MapGateway();
        _app.MapServiceDefaults();
    }

    public RunnerScript Runner { get; } = new();

    /// <summary>Each response that it gets is compared with the description of the API.</summary>
    public HttpClient Http { get; } = new(new DescribedResponses());

    public ExecutionsClient Executions => new(_channel);

    public FilesClient Files => new(_channel);

    public LinksClient Links => new(_channel);

    public GrpcChannel Channel => _channel.ShouldNotBeNull();

    public IServiceProvider Services => _app.Services;

    /// <summary>All addresses the gateway listens on: HTTP, gRPC, and those of the settings.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [
            .. _app
                .Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.Select(address => new Uri(address)),
        ];

    public static Task<GatewayHost> StartAsync(Uri fileStore) =>
        StartAsync(new Dictionary<string, string?> { ["Gateway:FileStoreAddress"] = fileStore.ToString() }, TimeProvider.System);

    public static async Task<GatewayHost> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider timeProvider,
        ILoggerProvider? log = null,
        Action<IServiceCollection>? replace = null
    )
    {
        var directory = new TestDirectory();
        GatewayHost host;
        try
        {
            host = new GatewayHost(directory, settings, timeProvider, log, replace);
        }
        catch
        {
            directory.Dispose();
            throw;
        }

        try
        {
            await host._app.StartAsync();
        }
        catch
        {
            // What was started before the part that refused still works in the directory. With impossible settings nothing was.
            await host._app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await host._app.DisposeAsync();
            directory.Dispose();
            throw;
        }

        var addresses = host.Addresses;
        host.Http.BaseAddress = addresses[0];
        host._channel = GrpcChannel.ForAddress(addresses[1]);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _channel?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
