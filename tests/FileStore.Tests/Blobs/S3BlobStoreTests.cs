using Amazon.S3.Model;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Tests.Blobs;

public sealed class S3BlobStoreTests(S3Fixture s3) : BlobStoreContract
{
    private S3TestBucket _bucket = null!;
    private S3BlobStore _blobs = null!;

    private protected override IBlobStore Blobs => _blobs;

    public override async ValueTask InitializeAsync()
    {
        _bucket = new S3TestBucket(await s3.ServerAsync());
        _blobs = _bucket.Open();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _blobs.Dispose();
        await _bucket.DisposeAsync();
    }

    [Fact]
    public async Task Commit_Blob_IsBelowThePrefix()
    {
        var key = await StoreAsync([1]);

        (await _bucket.ObjectsAsync()).ShouldBe([$"user_files/{key.UserId}/{key.FileId}"]);
    }

    [Fact]
    public async Task Writer_LargeBlobDisposed_AbortsItsMultipartUpload()
    {
        await using (var writer = await Blobs.CreateAsync(NewKey(), Token))
        {
            await writer.WriteAsync(new byte[11_000_000], Token);
            (await _bucket.UploadsAsync()).Count.ShouldBe(1);
        }

        (await _bucket.UploadsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RemoveUnfinished_UploadsOfACrash_AreAbortedAndOthersKept()
    {
        var client = _bucket.Client;
        await client.InitiateMultipartUploadAsync(_bucket.Options.Bucket, "user_files/" + NewKey().Path, Token);
        await client.InitiateMultipartUploadAsync(_bucket.Options.Bucket, "user_files/somebody/else", Token);
        await client.InitiateMultipartUploadAsync(_bucket.Options.Bucket, "other/" + NewKey().Path, Token);

        (await Blobs.RemoveUnfinishedAsync(DateTimeOffset.UtcNow.AddMinutes(-1), Token)).ShouldBe(0);
        (await Blobs.RemoveUnfinishedAsync(DateTimeOffset.UtcNow.AddMinutes(1), Token)).ShouldBe(1);

        (await _bucket.UploadsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task List_ForeignObjects_AreIgnored()
    {
        var key = await StoreAsync([1]);
        foreach (var name in new[] { "user_files/alice/notes.txt", "user_files/top", "other/" + key.Path })
        {
            await _bucket.Client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = _bucket.Options.Bucket,
                    Key = name,
                    ContentBody = "mine",
                },
                Token
            );
        }

        (await ListAsync(DateTimeOffset.UtcNow.AddMinutes(1))).ShouldBe([key]);
    }

    [Fact]
    public async Task List_MoreThanOnePage_HasAll()
    {
        var keys = new System.Collections.Concurrent.ConcurrentBag<BlobKey>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1001), Token, async (_, _) => keys.Add(await StoreAsync([])));

        (await ListAsync(DateTimeOffset.UtcNow.AddMinutes(1))).ShouldBe(keys, ignoreOrder: true);
    }

    [Fact]
    public async Task Initialize_MissingBucket_IsRefusedUnlessCreationIsAllowed()
    {
        await using var bucket = new S3TestBucket(await s3.ServerAsync());
        bucket.Options.CreateBucket = false;
        using var blobs = bucket.Open();

        var refusal = await Should.ThrowAsync<BlobStoreRefusedException>(() => blobs.InitializeAsync(Token));

        refusal.Message.ShouldContain(bucket.Options.Bucket);
        refusal.Message.ShouldNotContain(bucket.Options.SecretKey);
    }

    [Fact]
    public async Task AnyCall_StoreUnavailable_IsUnavailable()
    {
        _bucket.Options.ServiceUrl = "http://127.0.0.1:1/";
        using var away = _bucket.Open();
        var key = NewKey();
        await using var writer = await away.CreateAsync(key, Token);
        await writer.WriteAsync(new byte[] { 1 }, Token);

        Func<Task>[] calls =
        [
            () => away.InitializeAsync(Token),
            () => away.CheckAsync(Token),
            () => writer.CommitAsync(Token),
            () => away.OpenAsync(key, 0, Token),
            () => away.DeleteAsync(key, Token),
            () => away.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token).AsTask(),
            () => away.RemoveUnfinishedAsync(DateTimeOffset.MaxValue, Token),
        ];
        foreach (var call in calls)
        {
            (await Should.ThrowAsync<FileStoreException>(call)).Error.ShouldBe(FileError.Unavailable);
        }
    }

    [Fact]
    public async Task Writer_ManyLargeUploads_ShareTheBuffers()
    {
        _bucket.Options.PartsInMemory = 1;
        using var narrow = new S3BlobStore(Options.Create(_bucket.Options));
        var content = new byte[6_000_000];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 4),
            Token,
            async (_, token) =>
            {
                var key = NewKey();
                await using var writer = await narrow.CreateAsync(key, token);
                await writer.WriteAsync(content, token);
                await writer.CommitAsync(token);
                (await narrow.MeasureAsync(key, token)).ShouldBe(content.Length);
            }
        );
    }
}
