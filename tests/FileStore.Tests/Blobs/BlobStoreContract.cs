using System.Security.Cryptography;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.FileStore.Tests.Blobs;

/// <summary>What every store of blobs has to do; a subclass names the store.</summary>
public abstract class BlobStoreContract : IAsyncLifetime
{
    // More than one part of an object store.
    private const int Large = 6_000_000;

    private protected abstract IBlobStore Blobs { get; }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Later => DateTimeOffset.UtcNow.AddMinutes(1);

    private static DateTimeOffset Earlier => DateTimeOffset.UtcNow.AddMinutes(-1);

    public virtual async ValueTask InitializeAsync() => await Blobs.InitializeAsync(Token);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Initialize_ASecondTime_KeepsWhatIsThere()
    {
        var key = await StoreAsync([1, 2, 3]);

        await Blobs.InitializeAsync(Token);

        (await ReadAsync(key)).ShouldBeBytes([1, 2, 3]);
    }

    [Fact]
    public async Task Check_WorkingStore_PassesAndLeavesNothing()
    {
        await Blobs.CheckAsync(Token);

        (await Blobs.RemoveUnfinishedAsync(Later, Token)).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    [InlineData(5 * 1024 * 1024)]
    [InlineData((5 * 1024 * 1024) + 1)]
    [InlineData(12_000_000)]
    public async Task Open_CommittedBlob_HasItsBytes(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);

        var key = await StoreAsync(content);

        (await ReadAsync(key)).ShouldBeBytes(content);
    }

    [Fact]
    public async Task Measure_Blob_IsItsSizeOrNull()
    {
        (await Blobs.MeasureAsync(await StoreAsync([1, 2, 3]), Token)).ShouldBe(3);
        (await Blobs.MeasureAsync(await StoreAsync([]), Token)).ShouldBe(0);
        (await Blobs.MeasureAsync(NewKey(), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Adopt_MarkOfAnotherStore_BecomesItsMark()
    {
        await Blobs.IdentifyAsync(Token);

        await Blobs.AdoptAsync("another", Token);

        (await Blobs.IdentifyAsync(Token)).ShouldBe("another");
    }

    [Fact]
    public async Task Open_WithAnOffset_BeginsThere()
    {
        var key = await StoreAsync([1, 2, 3, 4]);

        (await ReadAsync(key, offset: 3)).ShouldBeBytes([4]);
        (await ReadAsync(key, offset: 4)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_UnknownBlob_IsNull()
    {
        var key = await StoreAsync([1]);

        (await Blobs.OpenAsync(NewKey(), 0, Token)).ShouldBeNull();
        (await Blobs.OpenAsync(NewKey("bob"), 0, Token)).ShouldBeNull();
        (await Blobs.OpenAsync(key with { UserId = "bob" }, 0, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Writer_BeforeItsCommit_ShowsNothing()
    {
        var key = NewKey();
        await using var writer = await Blobs.CreateAsync(key, Token);
        await writer.WriteAsync(new byte[Large], Token);

        (await Blobs.OpenAsync(key, 0, Token)).ShouldBeNull();
        (await Blobs.MeasureAsync(key, Token)).ShouldBeNull();
        (await ListAsync(Later)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Writer_DisposedWithoutCommit_LeavesNothing()
    {
        await using (var writer = await Blobs.CreateAsync(NewKey(), Token))
        {
            await writer.WriteAsync(new byte[Large], Token);
        }

        (await ListAsync(Later)).ShouldBeEmpty();
        (await Blobs.RemoveUnfinishedAsync(Later, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Delete_Blob_IsGoneAndOthersStay()
    {
        var deleted = await StoreAsync([1]);
        var kept = await StoreAsync([2]);

        await Blobs.DeleteAsync(deleted, Token);

        (await Blobs.OpenAsync(deleted, 0, Token)).ShouldBeNull();
        (await ReadAsync(kept)).ShouldBeBytes([2]);
    }

    [Fact]
    public async Task Delete_UnknownBlob_DoesNothing()
    {
        var key = await StoreAsync([1]);

        await Blobs.DeleteAsync(NewKey(), Token);
        await Blobs.DeleteAsync(NewKey("nobody"), Token);

        (await ReadAsync(key)).ShouldBeBytes([1]);
    }

    [Fact]
    public async Task Delete_WhileItIsRead_DoesNotDisturbTheReader()
    {
        var key = await StoreAsync([1, 2, 3]);
        await using var reader = (await Blobs.OpenAsync(key, 0, Token)).ShouldNotBeNull();

        await Blobs.DeleteAsync(key, Token);

        (await ReadToEndAsync(reader)).ShouldBeBytes([1, 2, 3]);
    }

    [Fact]
    public async Task FindMissing_SomeBlobs_ReturnsThoseThatAreMissing()
    {
        var stored = await StoreAsync([1]);
        var deleted = await StoreAsync([]);
        await StoreAsync([2]);
        await Blobs.DeleteAsync(deleted, Token);
        BlobKey[] missing = [deleted, NewKey(), NewKey("nobody"), stored with { UserId = "bob" }];

        (await FindMissingAsync(1, [stored, .. missing])).ShouldBe(missing, ignoreOrder: true);
        (await FindMissingAsync(1, stored)).ShouldBeEmpty();
        (await FindMissingAsync(1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task FindMissing_BlobThatIsTooShort_IsMissing()
    {
        var key = await StoreAsync([1, 2, 3]);

        (await FindMissingAsync(4, key)).ShouldBe([key]);
        (await FindMissingAsync(3, key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Identify_ManyAtOnceAndLater_IsOneMarkThatIsNotABlob()
    {
        var marks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Blobs.IdentifyAsync(Token), Token)));
        await Blobs.InitializeAsync(Token);

        marks.Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
        (await Blobs.IdentifyAsync(Token)).ShouldBe(marks[0]);
        (await ListAsync(Later)).ShouldBeEmpty();
        (await Blobs.RemoveUnfinishedAsync(Later, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task List_ByAge_ReturnsThoseCommittedBefore()
    {
        var keys = new[] { await StoreAsync([1]), await StoreAsync([2]), await StoreAsync([3], "bob") };

        (await ListAsync(Later)).ShouldBe(keys, ignoreOrder: true);
        (await ListAsync(Earlier)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RemoveUnfinished_BlobsAndRecentWriters_AreKept()
    {
        var key = await StoreAsync([1]);
        var second = NewKey();
        await using var writer = await Blobs.CreateAsync(second, Token);
        await writer.WriteAsync(new byte[Large], Token);

        (await Blobs.RemoveUnfinishedAsync(Earlier, Token)).ShouldBe(0);
        await writer.CommitAsync(Token);

        (await ReadAsync(key)).ShouldBeBytes([1]);
        (await ReadAsync(second)).ShouldBeBytes(new byte[Large]);
    }

    [Fact]
    public async Task StoreAndDelete_OneOwnerAtTheSameTime_LosesNoBlob()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 500),
            Token,
            async (_, _) =>
            {
                var key = await StoreAsync([1, 2, 3]);
                (await ReadAsync(key)).ShouldBeBytes([1, 2, 3]);
                await Blobs.DeleteAsync(key, Token);
            }
        );

        (await ListAsync(Later)).ShouldBeEmpty();
    }

    private protected static BlobKey NewKey(string userId = "alice") => new(userId, FileId.Create(userId, DateTimeOffset.UnixEpoch));

    private protected async Task<BlobKey> StoreAsync(byte[] content, string userId = "alice")
    {
        var key = NewKey(userId);
        await using var writer = await Blobs.CreateAsync(key, Token);
        foreach (var part in content.Chunk(100_000))
        {
            await writer.WriteAsync(part, Token);
        }

        await writer.CommitAsync(Token);
        return key;
    }

    private Task<IReadOnlyList<BlobKey>> FindMissingAsync(long size, params BlobKey[] keys) =>
        Blobs.FindMissingAsync(keys.ToDictionary(key => key, _ => size), Token);

    private async Task<byte[]> ReadAsync(BlobKey key, long offset = 0)
    {
        await using var stream = (await Blobs.OpenAsync(key, offset, Token)).ShouldNotBeNull();
        return await ReadToEndAsync(stream);
    }

    private static async Task<byte[]> ReadToEndAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }

    private protected async Task<List<BlobKey>> ListAsync(DateTimeOffset before) => await Blobs.ListAsync(before, Token).ToListAsync(Token);
}
