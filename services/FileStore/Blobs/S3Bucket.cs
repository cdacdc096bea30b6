using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>The calls to the bucket, in terms of blobs. What fails there is Unavailable, unless a call says more.</summary>
internal sealed class S3Bucket(S3BlobOptions options) : IDisposable
{
    private readonly AmazonS3Client _client = S3Client.Create(options);

    /// <summary>Looks whether objects can be listed, the first right that is needed.</summary>
    /// <exception cref="AmazonServiceException">The store refuses that.</exception>
    public Task ProbeAsync(CancellationToken cancellationToken) =>
        _client.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = options.Bucket,
                Prefix = options.Prefix,
                MaxKeys = 1,
            },
            cancellationToken
        );

    /// <exception cref="AmazonServiceException">The store refuses that.</exception>
    public Task MakeAsync(CancellationToken cancellationToken) =>
        _client.PutBucketAsync(new PutBucketRequest { BucketName = options.Bucket }, cancellationToken);

    /// <summary>Writes a whole object, and nothing when that fails.</summary>
    public Task PutAsync(string name, Stream content, CancellationToken cancellationToken) =>
        _client
            .PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = options.Bucket,
                    Key = options.Prefix + name,
                    InputStream = content,
                    UseChunkEncoding = false,
                },
                cancellationToken
            )
            .OrUnavailableAsync(cancellationToken);

    /// <summary>Writes an object unless there is one.</summary>
    public async Task PutNewAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = options.Prefix + name,
            InputStream = content,
            UseChunkEncoding = false,
            IfNoneMatch = "*",
        };
        try
        {
            await _client.PutObjectAsync(request, cancellationToken);
        }
        catch (AmazonServiceException exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            // Another was quicker.
        }
        catch (Exception exception) when (S3Failure.Is(exception, cancellationToken))
        {
            throw S3Failure.From(exception);
        }
    }

    /// <summary>Begins an object that comes in parts; returns the id of the upload.</summary>
    public async Task<string> BeginAsync(string name, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = options.Bucket, Key = options.Prefix + name };
        return (await _client.InitiateMultipartUploadAsync(request, cancellationToken).OrUnavailableAsync(cancellationToken)).UploadId;
    }

    public async Task<PartETag> PutPartAsync(string name, string uploadId, int number, Stream content, CancellationToken cancellationToken)
    {
        var request = new UploadPartRequest
        {
            BucketName = options.Bucket,
            Key = options.Prefix + name,
            UploadId = uploadId,
            PartNumber = number,
            PartSize = content.Length,
            InputStream = content,
            UseChunkEncoding = false,
        };
        var response = await _client.UploadPartAsync(request, cancellationToken).OrUnavailableAsync(cancellationToken);
        return new PartETag(number, response.ETag);
    }

    public Task CompleteAsync(string name, string uploadId, List<PartETag> parts, CancellationToken cancellationToken) =>
        _client
            .CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = options.Bucket,
                    Key = options.Prefix + name,
                    UploadId = uploadId,
                    PartETags = parts,
                },
                cancellationToken
            )
            .OrUnavailableAsync(cancellationToken);

    /// <summary>Aborts an upload and drops its parts; does nothing when it has been completed or aborted.</summary>
    public async Task AbortAsync(string name, string uploadId, CancellationToken cancellationToken)
    {
        var request = new AbortMultipartUploadRequest
        {
            BucketName = options.Bucket,
            Key = options.Prefix + name,
            UploadId = uploadId,
        };
        await NullWhenMissingAsync(_client.AbortMultipartUploadAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Opens an object from <paramref name="offset"/> on; null when there is none.</summary>
    public async Task<Stream?> OpenAsync(string name, long offset, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = options.Bucket, Key = options.Prefix + name };
        if (offset > 0)
        {
            request.ByteRange = new ByteRange($"bytes={offset}-");
        }

        try
        {
            var response = await NullWhenMissingAsync(_client.GetObjectAsync(request, cancellationToken), cancellationToken);
            return response is null ? null : new S3BlobReader(response, options.Timeout);
        }
        // Nothing is left behind that offset.
        catch (FileStoreException exception)
            when (exception.InnerException is AmazonServiceException { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable })
        {
            return Stream.Null;
        }
    }

    /// <summary>The size of an object; null when there is none.</summary>
    public async Task<long?> MeasureAsync(string name, CancellationToken cancellationToken)
    {
        var call = _client.GetObjectMetadataAsync(options.Bucket, options.Prefix + name, cancellationToken);
        return (await NullWhenMissingAsync(call, cancellationToken))?.ContentLength;
    }

    /// <summary>Deletes an object; does nothing when there is none.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        await NullWhenMissingAsync(_client.DeleteObjectAsync(options.Bucket, options.Prefix + name, cancellationToken), cancellationToken);

    /// <summary>All objects whose names begin with <paramref name="start"/>, when they were written, and their sizes.</summary>
    public async IAsyncEnumerable<(string Name, DateTimeOffset WrittenAt, long Size)> ListAsync(
        string start,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = options.Prefix + start };
        do
        {
            var page = await _client.ListObjectsV2Async(request, cancellationToken).OrUnavailableAsync(cancellationToken);
            foreach (var item in page.S3Objects ?? [])
            {
                yield return (item.Key[options.Prefix.Length..], Moment(item.LastModified), item.Size ?? 0);
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    /// <summary>All uploads below the prefix that have neither been completed nor aborted.</summary>
    public async IAsyncEnumerable<(string Name, string UploadId, DateTimeOffset BegunAt)> ListUploadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListMultipartUploadsRequest { BucketName = options.Bucket, Prefix = options.Prefix };
        do
        {
            var page = await _client.ListMultipartUploadsAsync(request, cancellationToken).OrUnavailableAsync(cancellationToken);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                yield return (upload.Key[options.Prefix.Length..], upload.UploadId, Moment(upload.Initiated));
            }

            request.KeyMarker = page.IsTruncated == true ? page.NextKeyMarker : null;
            request.UploadIdMarker = page.NextUploadIdMarker;
        } while (request.KeyMarker is not null);
    }

    public void Dispose() => _client.Dispose();

    // One without a time is as good as new: nothing is removed because of it.
    private static DateTimeOffset Moment(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : DateTimeOffset.MaxValue;

    private static async Task<T?> NullWhenMissingAsync<T>(Task<T> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (AmazonServiceException exception) when (S3Failure.IsNotFound(exception) && exception.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (Exception exception) when (S3Failure.Is(exception, cancellationToken))
        {
            throw S3Failure.From(exception);
        }
    }
}
