using Amazon.S3;
using Amazon.S3.Model;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.FileStore.Tests.Blobs;

/// <summary>A bucket of one test, gone after it.</summary>
internal sealed class S3TestBucket(S3Server server) : IAsyncDisposable
{
    private readonly AmazonS3Client _client = new(
        server.AccessKey,
        server.SecretKey,
        new AmazonS3Config
        {
            ServiceURL = server.Url.ToString(),
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
        }
    );

    public S3BlobOptions Options { get; } =
        new()
        {
            ServiceUrl = server.Url.ToString(),
            AccessKey = server.AccessKey,
            SecretKey = server.SecretKey,
            Bucket = S3Server.NewBucketName(),
            CreateBucket = true,
        };

    /// <summary>The settings of a service that uses it.</summary>
    public (string Option, string Value)[] Settings =>
        [
            ("FileStore:Blobs:Provider", "S3"),
            ("FileStore:Blobs:S3:ServiceUrl", Options.ServiceUrl),
            ("FileStore:Blobs:S3:AccessKey", Options.AccessKey),
            ("FileStore:Blobs:S3:SecretKey", Options.SecretKey),
            ("FileStore:Blobs:S3:Bucket", Options.Bucket),
            ("FileStore:Blobs:S3:CreateBucket", "true"),
        ];

    /// <summary>The client of somebody else.</summary>
    public AmazonS3Client Client => _client;

    /// <summary>The product's own way to this bucket.</summary>
    public S3BlobStore Open() => new(Microsoft.Extensions.Options.Options.Create(Options));

    public async Task<IReadOnlyList<string>> ObjectsAsync() =>
        [
            .. ((await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Options.Bucket })).S3Objects ?? []).Select(item =>
                item.Key
            ),
        ];

    public async Task<IReadOnlyList<MultipartUpload>> UploadsAsync() =>
        (await _client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Options.Bucket })).MultipartUploads ?? [];

    /// <summary>The names of all objects and of what is being uploaded in parts.</summary>
    public async Task<IEnumerable<string>> BlobsAsync() =>
        (await ObjectsAsync()).Concat((await UploadsAsync()).Select(upload => upload.Key));

    public async ValueTask DisposeAsync()
    {
        try
        {
            while (await ObjectsAsync() is { Count: > 0 } names)
            {
                await Parallel.ForEachAsync(names, async (name, token) => await _client.DeleteObjectAsync(Options.Bucket, name, token));
            }

            await _client.DeleteBucketAsync(Options.Bucket);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchBucket") { }

        _client.Dispose();
    }
}
