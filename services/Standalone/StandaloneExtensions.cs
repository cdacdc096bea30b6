using System.Security.Cryptography;
using CodeInterpreter.FileStore;
using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.ServiceDefaults.Trust;

namespace CodeInterpreter.Standalone;

/// <summary>What the services need to know of each other when they share a process.</summary>
internal static class StandaloneExtensions
{
    /// <summary>Logs for the person who started it, wherever the output goes. To be called before the services have a say.</summary>
    public static void AddPlainLog(this WebApplicationBuilder builder) =>
        builder.AddConfigurationDefaults(new Dictionary<string, string?> { ["Logging:Console:FormatterName"] = "simple" });

    /// <summary>Opens the data directory and points the services at it, where their own configuration does not say otherwise.</summary>
    public static DataDirectory AddDataDirectory(this WebApplicationBuilder builder)
    {
        builder.AddExecutionsDirectory();
        using var log = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        var data = DataDirectory.Open(PathOf(builder), log.CreateLogger<DataDirectory>());
        var fileStore = "unix://" + data.FileStoreSocket;
        builder.AddConfigurationDefaults(
            new Dictionary<string, string?>
            {
                ["FileStore:DataDirectory"] = Path.Combine(data.Path, "files"),
                ["Gateway:FileStoreAddress"] = fileStore,
                ["Runner:FileStoreAddress"] = fileStore,
                ["Runner:Id"] = data.RunnerId(),
                ["MessageBus:Transport"] = "InMemory",
                // The services trust each other by the same means as in a cluster, with a key that ends with the process.
                ["Trust:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeys.MinBytes)),
            }
        );
        return data;
    }

    /// <summary>Sets where the gateway's records are. A command of its own may look there while this process runs.</summary>
    public static void AddExecutionsDirectory(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<StandaloneOptions>(StandaloneOptions.Section).ValidateOnStart();
        builder.AddConfigurationDefaults(
            new Dictionary<string, string?> { ["Gateway:DataDirectory"] = Path.GetFullPath(Path.Combine(PathOf(builder), "executions")) }
        );
    }

    /// <summary>
    /// Registers the file store, which has a host of its own as it has in a cluster: both it and the gateway serve files.
    /// </summary>
    public static void AddEmbeddedFileStore(this WebApplicationBuilder builder, DataDirectory data)
    {
        // Here as well, so that their faults are reported together with all others.
        builder.Services.AddFileStoreSettings(builder.Environment.ContentRootPath);
        // So it is let go of with the host.
        builder.Services.AddSingleton(_ => data);
        builder.Services.AddHostedService(provider => new EmbeddedFileStore(
            provider.GetRequiredService<DataDirectory>(),
            builder.Configuration,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<LoggedSections>()
        ));
    }

    private static string PathOf(WebApplicationBuilder builder) =>
        builder.Configuration.ReadSettings<StandaloneOptions>(StandaloneOptions.Section).DataDirectory;
}
