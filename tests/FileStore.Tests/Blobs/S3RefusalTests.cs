using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Naming;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.FileStore.Tests.Blobs;

/// <summary>A store that refuses in the middle, or whose answer is lost, leaves nothing half.</summary>
public sealed class S3RefusalTests(S3Fixture s3) : IAsyncLifetime
{
    private const int Small = 1;
    private const int Large = 11_000_000;

    private S3TestBucket _bucket = null!;
    private S3Proxy _proxy = null!;
    private S3BlobStore _blobs = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bucket = new S3TestBucket(await s3.ServerAsync());
        _proxy = await S3Proxy.StartAsync(_bucket.Options.ServiceUrl);
        _bucket.Options.ServiceUrl = _proxy.Url;
        _blobs = _bucket.Open();
        await _blobs.InitializeAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _blobs.Dispose();
        await _proxy.DisposeAsync();
        await _bucket.DisposeAsync();
    }

    [Fact]
    public async Task Store_NothingRefused_HasTheBlob()
    {
        await StoreAsync(Large);

        (await _bucket.BlobsAsync()).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, nameof(FileError.Unavailable))]
    [InlineData(StatusCodes.Status503ServiceUnavailable, nameof(FileError.Unavailable))]
    [InlineData(StatusCodes.Status507InsufficientStorage, nameof(FileError.StorageFull))]
    public async Task Store_PartRefused_LeavesNothing(int status, string error)
    {
        _proxy.Refusal = request => request.Query["partNumber"] == "2" ? status : null;

        var failure = await Should.ThrowAsync<FileStoreException>(() => StoreAsync(Large));

        failure.Error.ToString().ShouldBe(error);
        (await _bucket.BlobsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task Store_CommitRefused_LeavesNothing(int size)
    {
        _proxy.Refusal = request => IsCommit(request) ? StatusCodes.Status500InternalServerError : null;

        await ShouldBeUnavailableAsync(size);

        (await _bucket.BlobsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task Store_AnswerToTheCommitLost_LeavesNothing(int size)
    {
        _proxy.LostAnswer = request => IsCommit(request) ? StatusCodes.Status500InternalServerError : null;

        await ShouldBeUnavailableAsync(size);

        (await _bucket.BlobsAsync()).ShouldBeEmpty();
    }

    private static bool IsCommit(HttpRequest request) =>
        !request.Query.ContainsKey("partNumber")
        && (HttpMethods.IsPut(request.Method) || (HttpMethods.IsPost(request.Method) && request.Query.ContainsKey("uploadId")));

    private async Task ShouldBeUnavailableAsync(int size) =>
        (await Should.ThrowAsync<FileStoreException>(() => StoreAsync(size))).Error.ShouldBe(FileError.Unavailable);

    private async Task StoreAsync(int size)
    {
        await using var writer = await _blobs.CreateAsync(new BlobKey("alice", FileId.Create("alice", DateTimeOffset.UnixEpoch)), Token);
        await writer.WriteAsync(new byte[size], Token);
        await writer.CommitAsync(Token);
    }
}
