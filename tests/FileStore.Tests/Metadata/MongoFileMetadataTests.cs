using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;

[assembly: AssemblyFixture(typeof(MongoFixture))]

namespace CodeInterpreter.FileStore.Tests.Metadata;

public sealed partial class MongoFileMetadataTests(MongoFixture mongo) : FileMetadataContract
{
    private readonly FakeTimeProvider _time = new(TestFiles.Noon);
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoFileMetadata _metadata = null!;

    private protected override IFileMetadata Metadata => _metadata;

    private static Claim ClaimAtNoon => new(TestFiles.Noon, TestFiles.Noon.AddMinutes(5));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _metadata = new MongoFileMetadata(_connection, _time);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Document_HasTheRequiredFieldsAndTypes()
    {
        await _metadata.AddAsync(TestFiles.Create(), Quota.None, Token);

        var document = await _database["user_files"].Find(new BsonDocument()).SingleAsync(Token);

        document
            .Where(field => field.Name != "_id")
            .ToDictionary(field => field.Name, field => field.Value.BsonType)
            .ShouldBe(
                new Dictionary<string, BsonType>
                {
                    ["file_id"] = BsonType.String,
                    ["user_id"] = BsonType.String,
                    ["filename"] = BsonType.String,
                    ["file_path"] = BsonType.String,
                    ["file_size"] = BsonType.Int64,
                    ["file_type"] = BsonType.String,
                    ["mime_type"] = BsonType.String,
                    ["sha256"] = BsonType.String,
                    ["source"] = BsonType.String,
                    ["execution_id"] = BsonType.String,
                    ["uploaded_at"] = BsonType.DateTime,
                    ["expires_at"] = BsonType.DateTime,
                    ["state"] = BsonType.String,
                },
                ignoreOrder: true
            );
        document["expires_at"].ToUniversalTime().ShouldBe(TestFiles.Noon.AddHours(48).UtcDateTime);
    }

    [Fact]
    public async Task Collection_HasTheRequiredIndexes()
    {
        var indexes = await (await _database["user_files"].Indexes.ListAsync(Token)).ToListAsync(Token);

        indexes
            .Select(index => index["key"].AsBsonDocument.ToJson())
            .ShouldBe(
                [
                    """{ "_id" : 1 }""",
                    """{ "file_id" : 1 }""",
                    """{ "user_id" : 1, "uploaded_at" : -1, "file_id" : -1 }""",
                    """{ "user_id" : 1, "execution_id" : 1, "uploaded_at" : -1, "file_id" : -1 }""",
                    """{ "expires_at" : 1 }""",
                    """{ "upload_key" : 1 }""",
                    """{ "claimed_until" : 1 }""",
                ],
                ignoreOrder: true
            );
        indexes
            .Where(index => index.GetValue("unique", false).ToBoolean())
            .Select(index => index["key"].AsBsonDocument.GetElement(0).Name)
            .ShouldContain("file_id");
    }

    [Fact]
    public async Task CollectionOfExpiredFiles_HasAnIndexForEachQuery()
    {
        await _metadata.CheckAsync(Token);

        var indexes = await (await _database["expired_files"].Indexes.ListAsync(Token)).ToListAsync(Token);

        indexes
            .Select(index => index["key"].AsBsonDocument.ToJson())
            .ShouldBe(
                ["""{ "_id" : 1 }""", """{ "file_id" : 1 }""", """{ "expires_at" : 1 }""", """{ "user_id" : 1 }"""],
                ignoreOrder: true
            );
    }

    public static TheoryData<string, BsonDocument, CreateIndexOptions> IndexesOfEarlierVersions =>
        new()
        {
            {
                "other options",
                new BsonDocument("upload_key", 1),
                new CreateIndexOptions { Unique = true }
            },
            {
                "other keys",
                new BsonDocument("file_name", 1),
                new CreateIndexOptions { Name = "expires_at_1" }
            },
            {
                "another name",
                new BsonDocument("expires_at", 1),
                new CreateIndexOptions { Name = "expiry" }
            },
            {
                "a time to live",
                new BsonDocument("expires_at", 1),
                new CreateIndexOptions { ExpireAfter = TimeSpan.FromDays(1) }
            },
        };

    [Theory]
    [MemberData(nameof(IndexesOfEarlierVersions))]
    public async Task Index_OfAnEarlierVersion_IsReplacedAndAnOperatorsOwnIsKept(string what, BsonDocument keys, CreateIndexOptions options)
    {
        await using var database = new MongoTestDatabase(await mongo.ServerAsync());
        var files = database["user_files"];
        await files.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys, options), options: null, Token);
        await files.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("sha256", 1)), options: null, Token);
        using var connection = database.Connect();
        var metadata = new MongoFileMetadata(connection, _time);

        // All who come at the same time find it as it should be.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => metadata.CheckAsync(Token)));

        var own = await IndexesAsync(_database);
        (await IndexesAsync(database)).ShouldBe([.. own, """{ "sha256" : 1 }"""], ignoreOrder: true, what);
    }

    [Fact]
    public async Task Start_SeveralStoresAtOnce_ShareIndexesFilesAndClaims()
    {
        await using var database = new MongoTestDatabase(await mongo.ServerAsync());
        using var first = database.Connect();
        using var second = database.Connect();
        MongoFileMetadata[] stores = [new(first, _time), new(second, _time)];
        await Task.WhenAll(stores.Select(store => store.InitializeAsync(Token)));
        var file = TestFiles.Create();
        await stores[0].AddAsync(file, Quota.None, Token);
        var claim = new Claim(file.ExpiresAt, file.ExpiresAt.AddMinutes(5));

        var claims = await Task.WhenAll(stores.Select(store => store.ClaimExpiredAsync(null, 10, claim, Token)));

        claims.SelectMany(claimed => claimed).ShouldHaveSingleItem().ShouldBe(file);
    }

    [Fact]
    public async Task Add_AfterItsLeaseAndASweep_IsNotVisible()
    {
        var hurried = new HurriedTime(TestFiles.Noon.AddMinutes(-5));
        var slow = new MongoFileMetadata(_connection, hurried);
        var earlier = await _metadata.AddAsync(TestFiles.Create() with { UploadId = "a" }, Quota.None, Token);
        var file = TestFiles.Create() with { UploadId = "a" };
        // Asked for the second time, when all but showing it has been done.
        hurried.OnSecondLook = () =>
            _metadata.ClaimExpiredAsync(null, 10, ClaimAtNoon, Token).GetAwaiter().GetResult().ShouldHaveSingleItem();

        var refusal = await Should.ThrowAsync<FileStoreException>(() =>
            slow.ReplaceAsync(earlier, file, new Quota(MaxFiles: 0, MaxBytes: 10_000), ClaimAtNoon, Token)
        );

        refusal.Error.ShouldBe(FileError.Unavailable);
        (await _metadata.FindAsync("alice", file.FileId, TestFiles.Noon, Token)).ShouldBeNull();
        (await _metadata.FindAsync("alice", earlier.FileId, TestFiles.Noon, Token)).ShouldBe(earlier);
    }

    [Fact]
    public async Task PendingFile_CountsUntilItIsClaimed()
    {
        var pending = MongoFileDocument.Pending(TestFiles.Create() with { FileSize = 100, UploadId = "a" }, TestFiles.Noon.AddMinutes(5));
        await _database["user_files"].InsertOneAsync(pending, options: null, Token);
        var quota = new Quota(MaxFiles: 0, MaxBytes: 100);
        var file = TestFiles.Create() with { FileSize = 1 };
        await Should.ThrowAsync<FileStoreException>(() => _metadata.AddAsync(file, quota, Token));

        var claim = new Claim(TestFiles.Noon.AddMinutes(5), TestFiles.Noon.AddMinutes(10));
        (await _metadata.ClaimExpiredAsync(null, 10, claim, Token)).ShouldHaveSingleItem();

        (await _metadata.AddAsync(file, quota, Token)).ShouldBe(file);
        (await _database["user_files"].Find(new BsonDocument("pending", true)).AnyAsync(Token)).ShouldBeFalse();
    }

    /// <summary>A clock that lets something happen when it is looked at for the second time.</summary>
    private sealed class HurriedTime(DateTimeOffset now) : TimeProvider
    {
        private int _looks;

        public Action? OnSecondLook { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (++_looks == 2)
                OnSecondLook?.Invoke();
            return now;
        }
    }

    /// <summary>Keys and what else counts of each index.</summary>
    private static async Task<List<string>> IndexesAsync(MongoTestDatabase database)
    {
        var indexes = await (await database["user_files"].Indexes.ListAsync(Token)).ToListAsync(Token);
        return
        [
            .. indexes.Select(index =>
                index["key"].AsBsonDocument.ToJson()
                + string.Concat(index.Names.Intersect(["unique", "sparse", "expireAfterSeconds"]).Order().Select(name => $" {name}"))
            ),
        ];
    }
}
