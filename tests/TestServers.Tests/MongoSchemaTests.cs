using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.TestServers.Tests;

public sealed class MongoSchemaTests(MongoFixture mongo) : MongoTests(mongo)
{
    private static readonly CreateIndexModel<BsonDocument>[] Models =
    [
        new("{ number: 1 }", new CreateIndexOptions { Name = "by_number", Unique = true }),
        new("{ even: 1, number: -1 }"),
        new("{ expires_at: 1 }", new CreateIndexOptions { ExpireAfter = TimeSpan.FromHours(48) }),
    ];

    [Fact]
    public async Task CreateIndexes_ByManyAtOnce_IsIdempotent()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Items.Indexes.CreateManyAsync(Models, null, Token)));

        var indexes = await (await Items.Indexes.ListAsync(Token)).ToListAsync(Token);
        indexes
            .Select(index => index["name"].AsString)
            .ShouldBe(["_id_", "by_number", "even_1_number_-1", "expires_at_1"], ignoreOrder: true);
        var unique = indexes.Single(index => index["name"] == "by_number");
        unique["unique"].AsBoolean.ShouldBeTrue();
        unique["key"].ShouldBe(new BsonDocument("number", 1));
        indexes.Single(index => index["name"] == "expires_at_1")["expireAfterSeconds"].ToInt64().ShouldBe(48 * 3600);
    }

    [Fact]
    public async Task CreateIndex_CollectionWithOthers_AddsIt()
    {
        await InsertAsync(1);
        await Items.Indexes.CreateManyAsync(Models, null, Token);

        await Items.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>("{ other: 1 }"), null, Token);

        (await (await Items.Indexes.ListAsync(Token)).ToListAsync(Token)).ShouldContain(index => index["name"] == "other_1");
    }

    [Fact]
    public async Task CreateIndex_SameNameAndOtherKeys_IsAConflict()
    {
        await Items.Indexes.CreateManyAsync(Models, null, Token);

        var exception = await Should.ThrowAsync<MongoCommandException>(() =>
            Items.Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>("{ other: 1 }", new CreateIndexOptions { Name = "by_number" }),
                null,
                Token
            )
        );

        exception.Code.ShouldBe(86);
    }

    [Fact]
    public async Task UniqueIndex_SecondDocument_IsRefused()
    {
        await Items.Indexes.CreateManyAsync(Models, null, Token);
        await InsertAsync(1);

        var exception = await Should.ThrowAsync<MongoWriteException>(() =>
            Items.InsertOneAsync(new BsonDocument { { "_id", 2 }, { "number", 1 } }, null, Token)
        );

        exception.WriteError.Category.ShouldBe(ServerErrorCategory.DuplicateKey);
        exception.WriteError.Message.ShouldContain("by_number");
    }

    [Fact]
    public async Task DropIndex_RemovesIt()
    {
        await Items.Indexes.CreateManyAsync(Models, null, Token);

        await Items.Indexes.DropOneAsync("by_number", Token);

        (await (await Items.Indexes.ListAsync(Token)).ToListAsync(Token)).ShouldNotContain(index => index["name"] == "by_number");
    }

    [Fact]
    public async Task ListIndexes_UnknownCollection_IsEmpty() =>
        (await (await Items.Indexes.ListAsync(Token)).ToListAsync(Token)).ShouldBeEmpty();

    [Fact]
    public async Task Collections_AreCreatedListedRenamedAndDropped()
    {
        await Database.CreateCollectionAsync("one", null, Token);
        await InsertAsync(1);
        (await NamesAsync()).ShouldBe(["items", "one"], ignoreOrder: true);

        await Database.RenameCollectionAsync("one", "two", null, Token);
        await Database.DropCollectionAsync("items", Token);
        await Database.DropCollectionAsync("never_there", Token);

        (await NamesAsync()).ShouldBe(["two"]);
    }

    [Fact]
    public async Task Databases_AreListedAndDropped()
    {
        var name = Database.DatabaseNamespace.DatabaseName;
        await InsertAsync(1);
        (await (await Database.Client.ListDatabaseNamesAsync(Token)).ToListAsync(Token)).ShouldContain(name);

        await Database.Client.DropDatabaseAsync(name, Token);

        (await (await Database.Client.ListDatabaseNamesAsync(Token)).ToListAsync(Token)).ShouldNotContain(name);
        (await NamesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{ ping: 1 }")]
    [InlineData("{ buildInfo: 1 }")]
    [InlineData("{ serverStatus: 1 }")]
    [InlineData("{ dbStats: 1 }")]
    public async Task CommandsForOperators_AreAnswered(string command) =>
        (await Database.RunCommandAsync<BsonDocument>(command, null, Token))["ok"].ToDouble().ShouldBe(1);

    [Fact]
    public async Task UnknownCommand_IsRefused()
    {
        var exception = await Should.ThrowAsync<MongoCommandException>(() =>
            Database.RunCommandAsync<BsonDocument>("{ makeCoffee: 1 }", null, Token)
        );

        exception.Code.ShouldBe(59);
    }

    private async Task<List<string>> NamesAsync() => await (await Database.ListCollectionNamesAsync(null, Token)).ToListAsync(Token);
}
