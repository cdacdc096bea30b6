using CodeInterpreter.FileStore.Tests.Blobs;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public abstract class ListTests(MongoFixture? mongo = null, S3Fixture? s3 = null) : ServiceContract(mongo, s3)
{
    public sealed class OnSqliteAndDisk : ListTests;

    public sealed class OnMongoAndDisk(MongoFixture mongo) : ListTests(mongo);

    public sealed class OnMongoAndS3(MongoFixture mongo, S3Fixture s3) : ListTests(mongo, s3);

    [Fact]
    public async Task List_NoFiles_IsEmpty()
    {
        await using var store = await StartAsync();

        var page = await store.Client.ListFilesAsync();

        page.Files.ShouldBeEmpty();
        page.NextPageToken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\n")]
    public async Task List_NameWithControlCharacters_IsRefused(string name)
    {
        await using var store = await StartAsync();

        await RpcAssert.RefusesAsync(() => store.Client.ListAsync(new() { UserId = "alice", NameContains = name }).ResponseAsync, "name");
    }

    [Fact]
    public async Task List_PageByPage_HasEveryFileOnceNewestFirst()
    {
        await using var store = await StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Insert(0, (await store.Client.UploadAsync($"{i}", [1])).FileId);
            store.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var visited = new List<string>();
        var token = "";
        do
        {
            var page = await store.Client.ListFilesAsync(pageSize: 3, pageToken: token);
            visited.AddRange(page.Files.Select(file => file.FileId));
            token = page.NextPageToken;
            await store.Client.UploadAsync("late", [1]);
        } while (token.Length > 0);

        visited.ShouldBe(ids);
    }

    [Fact]
    public async Task List_ExactlyOnePage_HasNoNextToken()
    {
        await using var store = await StartAsync();
        await store.Client.UploadAsync("a", [1]);
        await store.Client.UploadAsync("b", [1]);

        (await store.Client.ListFilesAsync(pageSize: 2)).NextPageToken.ShouldBeEmpty();
        (await store.Client.ListFilesAsync(pageSize: 1)).NextPageToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task List_WithoutAPageSize_HasAHundredFiles()
    {
        await using var store = await StartAsync();
        for (var i = 0; i < 101; i++)
        {
            await store.Client.UploadAsync($"{i}", []);
        }

        (await store.Client.ListFilesAsync()).Files.Count.ShouldBe(100);
        (await store.Client.ListFilesAsync(pageSize: 1000)).Files.Count.ShouldBe(101);
    }

    [Theory]
    [InlineData("", 0, "", "user_id")]
    [InlineData("a", -1, "", "page_size")]
    [InlineData("a", 1001, "", "page_size")]
    [InlineData("a", 0, "!", "page_token")]
    [InlineData("a", 0, "YWJj", "page_token")]
    [InlineData("a", 0, "OTk5OTk5OTk5OTk5OTk5OTk5OmE", "page_token")]
    public async Task List_WrongRequest_NamesTheField(string userId, int pageSize, string pageToken, string field)
    {
        await using var store = await StartAsync();

        await RpcAssert.RefusesAsync(() => store.Client.ListFilesAsync(userId, pageSize, pageToken), field);
    }
}
