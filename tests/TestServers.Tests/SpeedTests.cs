using System.Diagnostics;
using MongoDB.Bson;

namespace CodeInterpreter.TestServers.Tests;

/// <summary>Prints figures; the limits only tell a broken server from a slow machine.</summary>
[Collection(nameof(SpeedTests))]
[CollectionDefinition(nameof(SpeedTests), DisableParallelization = true)]
public sealed class SpeedTests(MongoFixture mongo, RabbitMqFixture rabbit, ITestOutputHelper output) : MongoTests(mongo)
{
    private const int Rounds = 300;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);
    private readonly MongoFixture _mongo = mongo;

    [Fact]
    public async Task MongoDb_InsertsInSequence_AreQuick()
    {
        await InsertAsync(1);

        await MeasureAsync(
            $"insert, {_mongo.Server.Description}",
            i => Items.InsertOneAsync(new BsonDocument("_id", $"document {i}"), null, Token)
        );
    }

    [Fact]
    public async Task RabbitMq_ConfirmedPublishesInSequence_AreQuick()
    {
        await using var client = await QueueClient.ConnectAsync(rabbit.Server.Url, RabbitMqServer.NewName());
        await client.PublishAsync("first");

        await MeasureAsync($"confirmed publish, {rabbit.Server.Description}", i => client.PublishAsync($"message {i}").AsTask());
    }

    private async Task MeasureAsync(string what, Func<int, Task> action)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
            await action(i);
        var each = Stopwatch.GetElapsedTime(begin) / Rounds;
        output.WriteLine($"{what}: {each.TotalMilliseconds:0.00} ms");
        each.ShouldBeLessThan(Limit);
    }
}
