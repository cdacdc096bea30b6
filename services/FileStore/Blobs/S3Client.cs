using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Makes the client as the settings say; it connects to nothing before its first call.</summary>
internal static class S3Client
{
    // Three attempts in all: the uploader waits meanwhile.
    private const int Retries = 2;

    private const string RegionOfOwnStores = "us-east-1";

    public static AmazonS3Client Create(S3BlobOptions options) =>
        options.AccessKey.Length == 0
            ? new AmazonS3Client(ConfigurationFor(options))
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), ConfigurationFor(options));

    private static AmazonS3Config ConfigurationFor(S3BlobOptions options)
    {
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,
            Timeout = options.Timeout,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = Retries,
            // Each request is signed together with the SHA-256 of its content, which every store checks. The SDK's other
            // checksums come in a form that many stores do not know.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.ServiceUrl.Length == 0)
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            configuration.ServiceURL = options.ServiceUrl;
            configuration.AuthenticationRegion = options.Region.Length == 0 ? RegionOfOwnStores : options.Region;
        }

        return configuration;
    }
}
