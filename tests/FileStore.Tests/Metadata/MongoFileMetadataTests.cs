using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.ServiceDefaults.Databases;
using CodeInterpreter.TestServers;
using MongoDB.Bson;
using MongoDB.Driver;

[assembly: AssemblyFixture(typeof(MongoFixture))]

namespace CodeInterpreter.FileStore.Tests.Metadata;

public sealed class MongoFileMetadataTests(MongoFixture mongo) : FileMetadataContract
{
    private MongoTestDatabase _database = null!;
    private MongoConnection _connection = null!;
    private MongoFileMetadata _metadata = null!;

    private protected override IFileMetadata Metadata => _metadata;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        _database = new MongoTestDatabase(await mongo.ServerAsync());
        _connection = _database.Connect();
        _metadata = new MongoFileMetadata(_connection);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Document_HasTheFieldsOfTheRequirementInTheirOwnTypes()
    {
        await _metadata.AddAsync(TestFiles.Create(), Quota.None, Token);

        var document = await _database["user_files"].Find(new BsonDocument()).SingleAsync(Token);

        document.Where(field => field.Name != "_id").ToDictionary(field => field.Name, field => field.Value.BsonType)
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
                ignoreOrder: true);
        document["expires_at"].ToUniversalTime().ShouldBe(TestFiles.Noon.AddHours(48).UtcDateTime);
    }

    [Fact]
    public async Task Collection_HasTheIndexesOfTheRequirement()
    {
        var indexes = await (await _database["user_files"].Indexes.ListAsync(Token)).ToListAsync(Token);

        indexes.Select(index => index["key"].AsBsonDocument.ToJson()).ShouldBe(
            [
                """{ "_id" : 1 }""",
                """{ "file_id" : 1 }""",
                """{ "user_id" : 1, "uploaded_at" : -1, "file_id" : -1 }""",
                """{ "user_id" : 1, "execution_id" : 1, "uploaded_at" : -1, "file_id" : -1 }""",
                """{ "expires_at" : 1 }""", """{ "upload_key" : 1 }""",
                """{ "claimed_until" : 1 }""",
            ],
            ignoreOrder: true);
        indexes.Where(index => index.GetValue("unique", false).ToBoolean())
            .Select(index => index["key"].AsBsonDocument.GetElement(0).Name).ShouldContain("file_id");
    }

    [Fact]
    public async Task StoresThatStartAtOnce_MakeOneSetOfIndexesAndShareFilesAndClaims()
    {
        await using var database = new MongoTestDatabase(await mongo.ServerAsync());
        using var first = database.Connect();
        using var second = database.Connect();
        MongoFileMetadata[] stores = [new(first), new(second)];
        await Task.WhenAll(stores.Select(store => store.InitializeAsync(Token)));
        var file = TestFiles.Create();
        await stores[0].AddAsync(file, Quota.None, Token);
        var claim = new Claim(file.ExpiresAt, file.ExpiresAt.AddMinutes(5));

        var claims = await Task.WhenAll(stores.Select(store => store.ClaimExpiredAsync(null, 10, claim, Token)));

        claims.SelectMany(claimed => claimed).ShouldHaveSingleItem().ShouldBe(file);
    }

    [Fact]
    public async Task ServerThatIsAwayAtFirst_IsUnavailableUntilItIsThere()
    {
        await using var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        await server.StopAsync(Token);
        using var connection = MongoTestDatabase.ConnectTo(server, MongoServer.NewDatabaseName());
        var metadata = new MongoFileMetadata(connection);
        var file = TestFiles.Create();
        (await Should.ThrowAsync<FileStoreException>(() => metadata.InitializeAsync(Token))).Error.ShouldBe(FileError.Unavailable);
        await ShouldBeUnavailableAsync(metadata, file);

        await server.StartAsync(Token);
        await metadata.AddAsync(file, Quota.None, Token);
        await server.KillAsync(Token);
        await ShouldBeUnavailableAsync(metadata, file);
        await server.StartAsync(Token);

        (await metadata.FindAsync(file.UserId, file.FileId, TestFiles.Noon, Token)).ShouldBe(file);
        (await metadata.ClaimAsync(file.UserId, file.FileId, new Claim(TestFiles.Noon, TestFiles.Noon.AddMinutes(1)), Token))
            .ShouldBeTrue();
    }

    private static async Task ShouldBeUnavailableAsync(MongoFileMetadata metadata, StoredFile file)
    {
        var claim = new Claim(file.ExpiresAt, file.ExpiresAt.AddMinutes(1));
        Func<Task>[] operations =
        [
            () => metadata.CheckAsync(Token),
            () => metadata.AddAsync(file, Quota.None, Token),
            () => metadata.FindAsync(file.UserId, file.FileId, TestFiles.Noon, Token),
            () => metadata.ListAsync(new FileQuery(file.UserId), null, 1, TestFiles.Noon, Token),
            () => metadata.ClaimAsync(file.UserId, file.FileId, claim, Token),
            () => metadata.ClaimExpiredAsync(null, 1, claim, Token),
            () => metadata.RemoveAsync([file.FileId], Token),
            () => metadata.MeasureAsync(file.UserId, TestFiles.Noon, Token),
            () => metadata.ExtendAsync(file.UserId, file.FileId, file.ExpiresAt, TestFiles.Noon, Token),
            () => metadata.HasExpiredAsync(file.UserId, file.FileId, TestFiles.Noon, Token),
            () => metadata.BuryAsync([file], Token),
            () => metadata.ForgetExpiredAsync(TestFiles.Noon, Token),
            () => metadata.FindKnownAsync([file.FileId], Token),
            () => metadata.WalkAsync("", 1, Token),
            () => metadata.BindAsync("store", Token),
        ];
        var failures = await Task.WhenAll(operations.Select(operation => Should.ThrowAsync<FileStoreException>(operation)));
        failures.ShouldAllBe(failure => failure.Error == FileError.Unavailable);
    }
}
