using MongoDB.Bson;
using MongoDB.Driver.GridFS;

namespace CodeInterpreter.TestServers.Tests;

public sealed class MongoGridFsTests(MongoFixture mongo) : MongoTests(mongo)
{
    [Fact]
    public async Task File_OfManyChunks_IsReturnedUnchanged()
    {
        var bucket = new GridFSBucket(Database);
        var bytes = new byte[3_000_000];
        Random.Shared.NextBytes(bytes);

        var id = await bucket.UploadFromBytesAsync("file", bytes, null, Token);

        (await bucket.DownloadAsBytesAsync(id, null, Token)).SequenceEqual(bytes).ShouldBeTrue();
        await bucket.DeleteAsync(id, Token);
        (await Database.GetCollection<BsonDocument>("fs.chunks").CountDocumentsAsync(Where.Empty, null, Token)).ShouldBe(0);
    }
}
