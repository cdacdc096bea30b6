using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.TestServers.Tests;

/// <summary>Servers that go away and come back: each test has its own.</summary>
public sealed class FailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MongoDb_StoppedStartedAndKilled_KeepsItsDataAndTheDriverRecovers()
    {
        await using var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        using var client = ClientOf(server);
        var items = client.GetDatabase(MongoServer.NewDatabaseName()).GetCollection<BsonDocument>("items");
        await items.InsertOneAsync(new BsonDocument("_id", 1), null, Token);

        await server.StopAsync(Token);
        await Should.ThrowAsync<Exception>(() => items.InsertOneAsync(new BsonDocument("_id", 2), null, Token));
        await server.StartAsync(Token);
        await Eventually.TrueAsync(() => SucceedsAsync(() => items.InsertOneAsync(new BsonDocument("_id", 3), null, Token)));
        await server.KillAsync(Token);
        await server.StartAsync(Token);
        await Eventually.TrueAsync(() => SucceedsAsync(() => items.InsertOneAsync(new BsonDocument("_id", 4), null, Token)));

        (await items.Find("{}").SortBy(item => item["_id"]).ToListAsync(Token)).Select(item => item["_id"].AsInt32).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public async Task RabbitMq_Restarted_KeepsDurableMessages()
    {
        await using var server = await RabbitMqServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        var queue = RabbitMqServer.NewName();
        await using (var before = await QueueClient.ConnectAsync(server.Url, queue))
            for (var i = 0; i < 20; i++)
                await before.PublishAsync($"message {i}");

        await server.RestartAsync(Token);

        await using var after = await QueueClient.ConnectAsync(server.Url, queue);
        (await after.ReceiveAsync(20)).ShouldBe(Enumerable.Range(0, 20).Select(i => $"message {i}"));
    }

    [Fact]
    public async Task RabbitMq_Killed_KeepsConfirmedMessagesAndTheConnectionRecovers()
    {
        await using var server = await RabbitMqServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        var queue = RabbitMqServer.NewName();
        await (await QueueClient.ConnectAsync(server.Url, queue)).DisposeAsync();
        await server.RestartAsync(Token);
        await using var client = await QueueClient.ConnectAsync(server.Url, queue);
        await client.PublishAsync("before");

        await server.KillAsync(Token);
        await Eventually.TrueAsync(() => !client.Channel.IsOpen);
        await server.StartAsync(Token);
        await Eventually.TrueAsync(() => client.Channel.IsOpen);

        (await client.ReceiveAsync(1)).ShouldBe(["before"]);
    }

    [Fact]
    public async Task Server_Disposed_LeavesNothingBehind()
    {
        var server = await MongoServer.LaunchAsync(Token);
        Assert.SkipUnless(server.IsOwned, "The server is not ours to stop.");
        await server.DisposeAsync();
        using var client = ClientOf(server);

        await Should.ThrowAsync<TimeoutException>(() => client.ListDatabaseNamesAsync(Token));
    }

    private static MongoClient ClientOf(MongoServer server)
    {
        var settings = MongoClientSettings.FromConnectionString(server.ConnectionString);
        settings.ServerSelectionTimeout = TimeSpan.FromSeconds(1);
        return new MongoClient(settings);
    }

    private static async Task<bool> SucceedsAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return false;
        }
    }
}
