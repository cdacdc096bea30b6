using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.TestServers.Tests;

public sealed class MongoReadingTests(MongoFixture mongo) : MongoTests(mongo)
{
    [Fact]
    public async Task Find_WithSortSkipAndLimit_ReturnsThatPart()
    {
        await InsertAsync(20);

        var found = await Items.Find(Where.Gt("number", 5)).SortByDescending(item => item["number"]).Skip(2).Limit(3).ToListAsync(Token);

        found.Select(item => item["number"].AsInt32).ShouldBe([18, 17, 16]);
    }

    [Fact]
    public async Task Find_WithProjection_ReturnsOnlyTheseFields()
    {
        await InsertAsync(1);

        var found = await Items
            .Find(Where.Empty)
            .Project(Builders<BsonDocument>.Projection.Include("number").Exclude("_id"))
            .SingleAsync(Token);

        found.ShouldBe(new BsonDocument("number", 1));
    }

    [Fact]
    public async Task Find_UnknownCollection_ReturnsNothing() => (await Items.Find(Where.Empty).ToListAsync(Token)).ShouldBeEmpty();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_Of5000Documents_ReturnsAllInBatches(bool sorted)
    {
        await InsertAsync(5000);
        var options = new FindOptions<BsonDocument> { BatchSize = 700, Sort = sorted ? new BsonDocument("number", -1) : null };

        using var cursor = await Items.FindAsync(Where.Empty, options, Token);
        var batches = new List<int[]>();
        while (await cursor.MoveNextAsync(Token))
            batches.Add([.. cursor.Current.Select(item => item["number"].AsInt32)]);

        batches.Count.ShouldBeGreaterThanOrEqualTo(8);
        var numbers = batches.SelectMany(batch => batch).ToArray();
        numbers.Order().ShouldBe(Enumerable.Range(1, 5000));
        if (sorted)
            numbers.ShouldBe(Enumerable.Range(1, 5000).Reverse());
    }

    [Fact]
    public async Task Find_ManyCursorsAtOnce_AreSeparate()
    {
        await InsertAsync(1000);

        var reads = Enumerable
            .Range(0, 16)
            .Select(remainder => Items.Find(Where.Mod("number", 16, remainder), new FindOptions { BatchSize = 5 }).ToListAsync(Token));
        var found = await Task.WhenAll(reads);

        found.Sum(items => items.Count).ShouldBe(1000);
        found.SelectMany(items => items).Select(item => item["_id"]).Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public async Task Find_LeftInTheMiddle_LeavesTheServerUsable()
    {
        await InsertAsync(500);

        using (var cursor = await Items.FindAsync(Where.Empty, new FindOptions<BsonDocument> { BatchSize = 10 }, Token))
            (await cursor.MoveNextAsync(Token)).ShouldBeTrue();

        (await Items.CountDocumentsAsync(Where.Empty, null, Token)).ShouldBe(500);
    }

    [Fact]
    public async Task Find_WithAnUnknownOperator_IsRefused()
    {
        var exception = await Should.ThrowAsync<MongoCommandException>(() =>
            Items.Find(new BsonDocument("$nonsense", 1)).ToListAsync(Token)
        );

        exception.Code.ShouldBe(2);
    }

    [Fact]
    public async Task Counts_AgreeWithWhatWasInserted()
    {
        await InsertAsync(31);

        (await Items.CountDocumentsAsync(Where.Eq("even", true), null, Token)).ShouldBe(15);
        (await Items.EstimatedDocumentCountAsync(null, Token)).ShouldBe(31);
        (await Items.Find(Where.Empty).AnyAsync(Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Distinct_ReturnsEachValueOnce()
    {
        await InsertAsync(10);

        var cursor = await Items.DistinctAsync<bool>("even", Where.Empty, null, Token);

        (await cursor.ToListAsync(Token)).ShouldBe([false, true], ignoreOrder: true);
    }

    [Fact]
    public async Task Aggregate_MatchGroupSort_HasTheSums()
    {
        await InsertAsync(10);

        var sums = await Items
            .Aggregate()
            .Match(Where.Gt("number", 2))
            .Group(new BsonDocument { { "_id", "$even" }, { "sum", new BsonDocument("$sum", "$number") } })
            .Sort(new BsonDocument("_id", 1))
            .ToListAsync(Token);

        sums.Select(group => (group["_id"].AsBoolean, group["sum"].AsInt32)).ShouldBe([(false, 24), (true, 28)]);
    }

    [Fact]
    public async Task MaxTimeAndReadConcern_AreAccepted()
    {
        await InsertAsync(3);

        var found = await Items
            .WithReadConcern(ReadConcern.Local)
            .WithReadPreference(ReadPreference.PrimaryPreferred)
            .Find(Where.Empty, new FindOptions { MaxTime = TimeSpan.FromSeconds(20), Comment = "a comment" })
            .ToListAsync(Token);

        found.Count.ShouldBe(3);
    }
}
