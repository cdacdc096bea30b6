using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>How a host gets the store of blobs that its settings name.</summary>
internal static class BlobStoreExtensions
{
    /// <summary>Registers the settings. Those of a store are checked when it is made.</summary>
    public static IServiceCollection AddBlobSettings(this IServiceCollection services)
    {
        services.AddSettings<BlobOptions>(BlobOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<S3BlobOptions>, S3BlobOptionsValidator>();
        services.AddSettings<S3BlobOptions>(S3BlobOptions.Section);
        return services;
    }

    /// <summary>
    /// Registers each store under its <see cref="BlobProvider"/>, and the one that <see cref="BlobOptions.Provider"/> names as the
    /// one.
    /// </summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services)
    {
        services.AddKeyedSingleton<IBlobStore, DiskBlobStore>(BlobProvider.Disk);
        services.AddKeyedSingleton<IBlobStore, S3BlobStore>(BlobProvider.S3);
        return services.AddSingleton(provider =>
            provider.GetRequiredKeyedService<IBlobStore>(provider.GetRequiredService<IOptions<BlobOptions>>().Value.Provider)
        );
    }
}
