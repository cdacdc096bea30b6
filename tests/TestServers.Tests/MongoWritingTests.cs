using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.TestServers.Tests;

public sealed class MongoWritingTests(MongoFixture mongo) : MongoTests(mongo)
{
    [Fact]
    public async Task Insert_EveryUsualType_IsReturnedUnchanged()
    {
        var written = new BsonDocument
        {
            { "_id", "größe 日本 😀" },
            { "long", long.MaxValue },
            { "double", 0.1 },
            { "decimal", 12.34m },
            { "time", new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc) },
            { "bytes", new byte[] { 0, 1, 255 } },
            { "nothing", BsonNull.Value },
            {
                "list",
                new BsonArray { 1, "two", new BsonDocument("three", 3) }
            },
            { "object_id", ObjectId.GenerateNewId() },
        };

        await Items.InsertOneAsync(written, null, Token);

        (await Items.Find(Where.Empty).SingleAsync(Token)).ShouldBe(written);
    }

    [Fact]
    public async Task Insert_OneMegabyte_IsReturnedUnchanged()
    {
        var bytes = new byte[1024 * 1024];
        Random.Shared.NextBytes(bytes);

        await Items.InsertOneAsync(new BsonDocument { { "_id", 1 }, { "bytes", bytes } }, null, Token);

        (await Items.Find(Where.Eq("_id", 1)).SingleAsync(Token))["bytes"].AsByteArray.SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Insert_BySixteenTasksIntoANewCollection_LosesNothing()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async task =>
                {
                    for (var i = 0; i < 20; i++)
                        await Items.InsertOneAsync(Item((task * 20) + i), null, Token);
                })
        );

        (await Items.CountDocumentsAsync(Where.Empty, null, Token)).ShouldBe(320);
    }

    [Fact]
    public async Task Insert_SameId_IsADuplicateKey()
    {
        await InsertAsync(1);

        var exception = await Should.ThrowAsync<MongoWriteException>(() => Items.InsertOneAsync(Item(1), null, Token));

        exception.WriteError.Category.ShouldBe(ServerErrorCategory.DuplicateKey);
        exception.WriteError.Code.ShouldBe(11000);
    }

    [Fact]
    public async Task InsertMany_Unordered_KeepsAllButDuplicates()
    {
        await InsertAsync(2);

        var exception = await Should.ThrowAsync<MongoBulkWriteException<BsonDocument>>(() =>
            Items.InsertManyAsync([Item(1), Item(2), Item(3)], new InsertManyOptions { IsOrdered = false }, Token)
        );

        exception
            .WriteErrors.Select(error => error.Category)
            .ShouldBe([ServerErrorCategory.DuplicateKey, ServerErrorCategory.DuplicateKey]);
        exception.Result.InsertedCount.ShouldBe(1);
    }

    [Fact]
    public async Task Update_WithAGuard_HappensOnce()
    {
        await InsertAsync(1);
        var guarded = Where.Eq("_id", 1) & Where.Eq("state", BsonNull.Value);

        var first = await Items.UpdateOneAsync(guarded, Change.Set("state", "taken"), null, Token);
        var second = await Items.UpdateOneAsync(guarded, Change.Set("state", "taken again"), null, Token);

        (first.MatchedCount, first.ModifiedCount).ShouldBe((1, 1));
        (second.MatchedCount, second.ModifiedCount).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Update_WithAGuardBySixteenTasks_IsWonByOne()
    {
        await InsertAsync(10);

        foreach (var id in Enumerable.Range(1, 10))
        {
            var guarded = Where.Eq("_id", id) & Where.Exists("owner", false);
            var results = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(task => Items.UpdateOneAsync(guarded, Change.Set("owner", task), null, Token))
            );
            results.Sum(result => result.ModifiedCount).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Increment_BySixteenTasks_CountsEach()
    {
        await InsertAsync(1);

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async _ =>
                {
                    for (var i = 0; i < 10; i++)
                        await Items.UpdateOneAsync(Where.Eq("_id", 1), Change.Inc("hits", 1), null, Token);
                })
        );

        (await Items.Find(Where.Eq("_id", 1)).SingleAsync(Token))["hits"].ShouldBe(160);
    }

    [Fact]
    public async Task UpdateMany_ChangesAllThatMatch()
    {
        await InsertAsync(10);

        (await Items.UpdateManyAsync(Where.Eq("even", true), Change.Set("half", 5).Unset("number"), null, Token)).ModifiedCount.ShouldBe(5);

        (await Items.CountDocumentsAsync(Where.Exists("number", false), null, Token)).ShouldBe(5);
    }

    [Fact]
    public async Task UpdateMany_BySixteenTasksOnTheSameDocuments_CountsEach()
    {
        await InsertAsync(50);

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(task =>
                    Items.UpdateManyAsync(task % 2 == 0 ? Where.Empty : Where.Gt("number", 10), Change.Inc("hits", 1), null, Token)
                )
        );

        (await Items.Find(Where.Gt("number", 10)).ToListAsync(Token)).ShouldAllBe(item => item["hits"] == 16);
    }

    [Fact]
    public async Task Upsert_InsertsThenUpdates()
    {
        var options = new UpdateOptions { IsUpsert = true };
        var change = Change.Inc("visits", 1).SetOnInsert("first", true);

        var first = await Items.UpdateOneAsync(Where.Eq("_id", "a"), change, options, Token);
        var second = await Items.UpdateOneAsync(Where.Eq("_id", "a"), change, options, Token);

        first.UpsertedId.ShouldBe("a");
        (second.UpsertedId, second.ModifiedCount).ShouldBe((null, 1));
        (await Items.Find(Where.Empty).SingleAsync(Token)).ShouldBe(
            new BsonDocument
            {
                { "_id", "a" },
                { "first", true },
                { "visits", 2 },
            },
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Replace_PutsAnotherDocumentInItsPlace()
    {
        await InsertAsync(1);

        await Items.ReplaceOneAsync(Where.Eq("_id", 1), new BsonDocument { { "_id", 1 }, { "new", true } }, new ReplaceOptions(), Token);

        (await Items.Find(Where.Empty).SingleAsync(Token)).ShouldBe(new BsonDocument { { "_id", 1 }, { "new", true } });
    }

    [Fact]
    public async Task FindOneAndUpdate_ReturnsTheDocumentBeforeOrAfter()
    {
        await InsertAsync(1);
        var after = new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After };

        (await Items.FindOneAndUpdateAsync(Where.Eq("_id", 1), Change.Set("number", 2), cancellationToken: Token))["number"].ShouldBe(1);
        (await Items.FindOneAndUpdateAsync(Where.Eq("_id", 1), Change.Set("number", 3), after, Token))["number"].ShouldBe(3);
        (await Items.FindOneAndUpdateAsync(Where.Eq("_id", 9), Change.Set("number", 3), after, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task FindOneAndUpdate_BySixteenTasks_ReturnsEachDocumentOnce()
    {
        await InsertAsync(40);
        var oldest = new FindOneAndUpdateOptions<BsonDocument>
        {
            Sort = new BsonDocument("number", 1),
            ReturnDocument = ReturnDocument.After,
        };

        var claimed = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async task =>
                {
                    var mine = new List<int>();
                    while (
                        await Items.FindOneAndUpdateAsync(Where.Exists("owner", false), Change.Set("owner", task), oldest, Token)
                            is { } item
                    )
                        mine.Add(item["_id"].AsInt32);
                    return mine;
                })
        );

        claimed.SelectMany(ids => ids).Order().ShouldBe(Enumerable.Range(1, 40));
    }

    [Fact]
    public async Task FindOneAndUpdate_IntoADuplicate_IsADuplicateKey()
    {
        await Items.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>("{ number: 1 }", new CreateIndexOptions { Unique = true }),
            null,
            Token
        );
        await InsertAsync(2);

        var exception = await Should.ThrowAsync<MongoException>(() =>
            Items.FindOneAndUpdateAsync(Where.Eq("_id", 1), Change.Set("number", 2), cancellationToken: Token)
        );

        exception.ShouldBeOfType<MongoCommandException>().Code.ShouldBe(11000);
    }

    [Fact]
    public async Task Delete_RemovesOneOrAllThatMatch()
    {
        await InsertAsync(10);

        (await Items.DeleteOneAsync(Where.Eq("even", true), Token)).DeletedCount.ShouldBe(1);
        (await Items.DeleteManyAsync(Where.Eq("even", true), Token)).DeletedCount.ShouldBe(4);
        (await Items.FindOneAndDeleteAsync(Where.Eq("_id", 1), cancellationToken: Token))["number"].ShouldBe(1);
        (await Items.CountDocumentsAsync(Where.Empty, null, Token)).ShouldBe(4);
    }

    [Fact]
    public async Task BulkWrite_OfAllKinds_CountsEach()
    {
        await InsertAsync(3);

        var result = await Items.BulkWriteAsync(
            [
                new InsertOneModel<BsonDocument>(Item(4)),
                new UpdateOneModel<BsonDocument>(Where.Eq("_id", 1), Change.Set("number", 100)),
                new ReplaceOneModel<BsonDocument>(Where.Eq("_id", 5), Item(5)) { IsUpsert = true },
                new DeleteManyModel<BsonDocument>(Where.In("_id", [2, 3])),
            ],
            null,
            Token
        );

        (result.InsertedCount, result.ModifiedCount, result.Upserts.Count, result.DeletedCount).ShouldBe((1, 1, 1, 2));
    }

    [Fact]
    public async Task WriteConcerns_AreAccepted()
    {
        await Items.WithWriteConcern(WriteConcern.WMajority).InsertOneAsync(Item(1), null, Token);
        await Items.WithWriteConcern(WriteConcern.Unacknowledged).InsertOneAsync(Item(2), null, Token);

        await Eventually.TrueAsync(async () => await Items.CountDocumentsAsync(Where.Empty, null, Token) == 2);
    }
}
