using System.Reflection;
using CodeInterpreter.Discord;
using CodeInterpreter.FileStore;
using CodeInterpreter.Gateway;
using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.Documentation.Tests;

/// <summary>A service as its program registers it; none is started.</summary>
internal sealed class Service
{
    private Service(string name, int httpPort, int grpcPort, Assembly assembly, params Action<WebApplicationBuilder>[] registrations)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddDefaultEndpoints(httpPort, grpcPort);
        builder.AddServiceDefaults();
        foreach (var register in registrations)
            register(builder);

        (Name, HttpPort, GrpcPort, Assembly) = (name, httpPort, grpcPort, assembly);
        using var provider = builder.Services.BuildServiceProvider();
        Sections = [.. provider.GetServices<SettingsSection>().DistinctBy(section => section.Path)];
    }

    public static IReadOnlyList<Service> All { get; } =
    [
        new(
            "Standalone",
            8080,
            8081,
            typeof(StandaloneExtensions).Assembly,
            builder => builder.AddExecutionsDirectory(),
            builder => builder.AddGateway(),
            builder => builder.AddRunner(),
            builder => builder.AddFileStore(),
            AddBus
        ),
        new("Gateway", 8080, 8081, typeof(GatewayExtensions).Assembly, builder => builder.AddGateway(), AddBus),
        new("Runner", 8101, 8102, typeof(RunnerExtensions).Assembly, builder => builder.AddRunner(), AddBus),
        new("FileStore", 8091, 8090, typeof(FileStoreExtensions).Assembly, builder => builder.AddFileStore()),
        new("Discord", 8111, 8112, typeof(DiscordExtensions).Assembly, builder => builder.AddDiscord()),
    ];

    public string Name { get; }

    public int HttpPort { get; }

    public int GrpcPort { get; }

    public Assembly Assembly { get; }

    public IReadOnlyList<SettingsSection> Sections { get; }

    private static void AddBus(WebApplicationBuilder builder) => builder.AddMessageBus("documentation", _ => { });
}
