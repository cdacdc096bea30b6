using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.Runtime;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Blobs in a bucket: <c>{prefix}{user_id}/{file_id}</c>.</summary>
internal sealed class S3BlobStore(IOptions<S3BlobOptions> options) : IBlobStore, IDisposable
{
    // No users have these ids.
    private const string ProbeName = ".ready";
    private const string MarkName = ".blob-store";

    private readonly S3Bucket _bucket = new(options.Value);
    private readonly PartBuffers _parts = new(options.Value.PartsInMemory);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FindOrMakeBucketAsync(cancellationToken);
        }
        catch (AmazonServiceException exception) when (S3Failure.IsRefusal(exception))
        {
            throw new BlobStoreRefusedException(
                $"The bucket {S3BlobOptions.Section}:{nameof(S3BlobOptions.Bucket)} '{options.Value.Bucket}' cannot be used: "
                    + $"{exception.ErrorCode}, {exception.Message}",
                exception
            );
        }
        catch (Exception exception) when (S3Failure.Is(exception, cancellationToken))
        {
            throw S3Failure.From(exception);
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream("ready"u8.ToArray());
        await _bucket.PutAsync(ProbeName, content, cancellationToken);
        await _bucket.DeleteAsync(ProbeName, cancellationToken);
    }

    public async Task<string> IdentifyAsync(CancellationToken cancellationToken)
    {
        if (await ReadMarkAsync(cancellationToken) is { } mark)
        {
            return mark;
        }

        using var content = new MemoryStream(Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")));
        await _bucket.PutNewAsync(MarkName, content, cancellationToken);
        return await ReadMarkAsync(cancellationToken)
            ?? throw S3Failure.From(new IOException("The mark that was just written is not there."));
    }

    public async Task AdoptAsync(string mark, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.ASCII.GetBytes(mark));
        await _bucket.PutAsync(MarkName, content, cancellationToken);
    }

    public Task<IBlobWriter> CreateAsync(BlobKey key, CancellationToken cancellationToken) =>
        Task.FromResult<IBlobWriter>(new S3BlobWriter(_bucket, key.Path, _parts));

    public Task<Stream?> OpenAsync(BlobKey key, long offset, CancellationToken cancellationToken) =>
        _bucket.OpenAsync(key.Path, offset, cancellationToken);

    public Task<long?> MeasureAsync(BlobKey key, CancellationToken cancellationToken) => _bucket.MeasureAsync(key.Path, cancellationToken);

    public async Task<IReadOnlyList<BlobKey>> FindMissingAsync(
        IReadOnlyDictionary<BlobKey, long> sizes,
        CancellationToken cancellationToken
    )
    {
        var there = new Dictionary<string, long>();
        foreach (var userId in sizes.Keys.Select(key => key.UserId).Distinct())
        {
            await foreach (var (name, _, size) in _bucket.ListAsync(userId + "/", cancellationToken))
            {
                there[name] = size;
            }
        }

        return [.. sizes.Keys.Where(key => !there.TryGetValue(key.Path, out var size) || size < sizes[key])];
    }

    public Task DeleteAsync(BlobKey key, CancellationToken cancellationToken) => _bucket.DeleteAsync(key.Path, cancellationToken);

    // Only what has the form of our own ids is ever listed, and so deleted: others may share the bucket.
    public async IAsyncEnumerable<BlobKey> ListAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (name, writtenAt, _) in _bucket.ListAsync("", cancellationToken))
        {
            if (writtenAt < before && BlobKey.At(name) is { } key)
            {
                yield return key;
            }
        }
    }

    public async Task<int> RemoveUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var (name, uploadId, begunAt) in _bucket.ListUploadsAsync(cancellationToken))
        {
            if (begunAt < before && BlobKey.At(name) is not null)
            {
                await _bucket.AbortAsync(name, uploadId, cancellationToken);
                removed++;
            }
        }

        return removed;
    }

    public void Dispose()
    {
        _bucket.Dispose();
        _parts.Dispose();
    }

    private async Task<string?> ReadMarkAsync(CancellationToken cancellationToken)
    {
        await using var content = await _bucket.OpenAsync(MarkName, 0, cancellationToken);
        if (content is null)
        {
            return null;
        }

        using var reader = new StreamReader(content);
        return (await reader.ReadToEndAsync(cancellationToken)).Trim();
    }

    private async Task FindOrMakeBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _bucket.ProbeAsync(cancellationToken);
        }
        catch (AmazonServiceException exception) when (options.Value.CreateBucket && S3Failure.IsNotFound(exception))
        {
            await MakeBucketAsync(cancellationToken);
            await _bucket.ProbeAsync(cancellationToken);
        }
    }

    private async Task MakeBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _bucket.MakeAsync(cancellationToken);
        }
        catch (AmazonServiceException exception) when (exception.StatusCode == HttpStatusCode.Conflict)
        {
            // Another replica was quicker.
        }
    }
}
