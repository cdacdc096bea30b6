using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>How a host gets the store of blobs that its settings name.</summary>
internal static class BlobStoreExtensions
{
    /// <summary>
    /// Registers each store under its <see cref="BlobProvider"/>, and the one that <see cref="BlobOptions.Provider"/> names as the
    /// one. Settings of a store are checked when it is made.
    /// </summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<BlobOptions>, BlobOptionsValidator>();
        services.AddOptions<BlobOptions>().BindConfiguration(BlobOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<S3BlobOptions>, S3BlobOptionsValidator>();
        services.AddOptions<S3BlobOptions>().BindConfiguration(S3BlobOptions.Section);
        services.AddKeyedSingleton<IBlobStore, DiskBlobStore>(BlobProvider.Disk);
        services.AddKeyedSingleton<IBlobStore, S3BlobStore>(BlobProvider.S3);
        return services.AddSingleton(provider => provider.GetRequiredKeyedService<IBlobStore>(
            provider.GetRequiredService<IOptions<BlobOptions>>().Value.Provider));
    }
}
