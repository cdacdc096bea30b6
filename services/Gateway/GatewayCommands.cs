using System.CommandLine;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.ServiceDefaults.Programs;

namespace CodeInterpreter.Gateway;

/// <summary>The commands of the gateway's program.</summary>
public static class GatewayCommands
{
    /// <summary>
    /// The command <c>keys</c>, with the database that the gateway's settings name. <paramref name="configure"/> adds further sources of
    /// settings.
    /// </summary>
    public static Func<string[], Command> Keys(Action<WebApplicationBuilder>? configure = null) =>
        settings => KeysCommand.Create(use => WithStoreAsync(settings, configure, use), TimeProvider.System, Console.Out, Console.Error);

    private static Task<int> WithStoreAsync(string[] settings, Action<WebApplicationBuilder>? configure, Func<IApiKeyStore, Task<int>> use)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        // The whole gateway, so that its settings are read and checked in the same way; none of its services are started.
        builder.AddGateway();
        builder.Services.AddSingleton<DataDirectory>();
        return ServiceProgram.UseAsync(
            builder,
            async services =>
            {
                await services.GetRequiredService<DataDirectory>().StartAsync(CancellationToken.None);
                return await use(services.GetRequiredService<IApiKeyStore>());
            }
        );
    }
}
