using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Tests.Hosting;
using CodeInterpreter.MongoDatabases;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.FileStore.Tests.Metadata;

public sealed partial class MongoFileMetadataTests
{
    [Fact]
    public async Task AnyCall_ServerUnavailableAtFirst_IsUnavailableUntilItStarts()
    {
        await using var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        await server.StopAsync(Token);
        using var connection = MongoTestDatabase.ConnectTo(server, MongoServer.NewDatabaseName());
        var metadata = new MongoFileMetadata(connection, _time);
        var file = TestFiles.Create();
        (await Should.ThrowAsync<FileStoreException>(() => metadata.InitializeAsync(Token))).Error.ShouldBe(FileError.Unavailable);
        await ShouldBeUnavailableAsync(metadata, file);

        await server.StartAsync(Token);
        await metadata.AddAsync(file, Quota.None, Token);
        await server.KillAsync(Token);
        await ShouldBeUnavailableAsync(metadata, file);
        await server.StartAsync(Token);

        (await metadata.FindAsync(file.UserId, file.FileId, TestFiles.Noon, Token)).ShouldBe(file);
        (
            await metadata.ClaimAsync(file.UserId, file.FileId, new Claim(TestFiles.Noon, TestFiles.Noon.AddMinutes(1)), Token)
        ).ShouldBeTrue();
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
            () => metadata.RecordExpiredAsync([file], Token),
            () => metadata.ForgetExpiredAsync(TestFiles.Noon, Token),
            () => metadata.FindKnownAsync([file.FileId], Token),
            () => metadata.WalkAsync("", 1, Token),
            () => metadata.BindAsync("store", Token),
        ];
        var failures = await Task.WhenAll(operations.Select(operation => Should.ThrowAsync<FileStoreException>(operation)));
        failures.ShouldAllBe(failure => failure.Error == FileError.Unavailable);
    }
}
