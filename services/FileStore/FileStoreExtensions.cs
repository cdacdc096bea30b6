using CodeInterpreter.FileStore.Access;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Catalog;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.FileTypes;
using CodeInterpreter.FileStore.Grpc;
using CodeInterpreter.FileStore.Health;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Settings;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.FileStore;

/// <summary>Adds the file store to a host.</summary>
public static class FileStoreExtensions
{
    /// <summary>
    /// Registers the file store, set up by the sections <see cref="FileStoreOptions.Section"/>,
    /// <see cref="BlobOptions.Section"/>, <see cref="ExpiryOptions.Section"/> and <see cref="DatabaseOptions.Section"/>. Wrong settings end
    /// the start with a message that names them.
    /// </summary>
    public static WebApplicationBuilder AddFileStore(this WebApplicationBuilder builder)
    {
        builder.AddFileStorage();
        var services = builder.Services;
        services.AddSingleton(FileTypeTable.Load());
        services.AddSingleton<FileTypeDetector>();
        services.AddSingleton<FileInstruments>();
        services.AddSingleton<FileCatalog>();
        services.AddSingleton<StreamDeadlines>();
        services.AddSingleton<SweepInstruments>();
        services.AddSingleton<BlobStoreMark>();
        services.AddSingleton<LostFileSweeper>();
        services.AddSingleton<UnrecordedBlobs>();
        services.AddSingleton<ExpiredFileSweeper>();
        services.AddSingleton<StorageInstruments>();
        services.AddHostedService<StorageDirectory>();
        services.AddHostedService<StorageStartup>();
        services.AddHostedService<SweepSchedule>();
        services
            .AddHealthChecks()
            .Add(CheckOf(StorageHealthCheck.Records, provider => provider.GetRequiredService<IFileMetadata>().CheckAsync))
            .Add(CheckOf(StorageHealthCheck.Blobs, provider => provider.GetRequiredService<IBlobStore>().CheckAsync));
        services.AddTrust();
        services.AddSingleton<AccessInstruments>();
        services
            .AddGrpc()
            .AddServiceOptions<FileGrpcService>(grpc =>
            {
                grpc.Interceptors.Add<FileErrorInterceptor>();
                grpc.Interceptors.Add<AccessInterceptor>();
            });
        services.AddCheckedMethods<FileGrpcService>();
        builder.WebHost.ConfigureKestrel(kestrel => UntrustedCallers.Refuse(kestrel));
        return builder;
    }

    /// <summary>Maps the gRPC service <c>codeinterpreter.files.v1.FileService</c>.</summary>
    public static WebApplication MapFileStore(this WebApplication app)
    {
        app.MapGrpcService<FileGrpcService>();
        return app;
    }

    /// <summary>
    /// Registers the settings of the file store. A host that has it within another does so to check them with its own; a relative directory
    /// counts from <paramref name="contentRoot"/>.
    /// </summary>
    public static IServiceCollection AddFileStoreSettings(this IServiceCollection services, string contentRoot)
    {
        services.AddSettings<ExpiryOptions>(ExpiryOptions.Section).ValidateOnStart();
        services
            .AddSettings<FileStoreOptions>(FileStoreOptions.Section)
            .PostConfigure(options =>
                options.DataDirectory = string.IsNullOrWhiteSpace(options.DataDirectory)
                    ? options.DataDirectory
                    : Path.GetFullPath(options.DataDirectory, contentRoot)
            )
            .ValidateOnStart();
        return services.AddBlobSettings();
    }

    private static HealthCheckRegistration CheckOf(string name, Func<IServiceProvider, Func<CancellationToken, Task>> check) =>
        new(name, provider => new StorageHealthCheck(check(provider)), failureStatus: null, [ServiceHosting.ReadyTag]);

    /// <summary>Registers where records and bytes are kept, and the settings of that.</summary>
    internal static void AddFileStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddFileStoreSettings(builder.Environment.ContentRootPath);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddDatabase<IFileMetadata, SqliteFileMetadata, MongoFileMetadata>();
        builder.Services.AddBlobs();
    }
}
