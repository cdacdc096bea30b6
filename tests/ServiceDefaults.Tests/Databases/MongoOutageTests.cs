using System.Net;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace CodeInterpreter.ServiceDefaults.Tests.Databases;

public sealed class MongoOutageTests
{
    private static readonly ConnectionId Connection = new(new ServerId(new ClusterId(), new DnsEndPoint("localhost", 27017)));

    [Theory]
    [InlineData(13, true, false)]
    [InlineData(112, true, false)]
    [InlineData(14031, true, true)]
    [InlineData(2, false, false)]
    public void FailedCommand_IsAnOutageDependingOnItsCode(int code, bool isOutage, bool isFull)
    {
        var exception = new MongoCommandException(Connection, "failed", [], new BsonDocument("code", code));

        (MongoOutage.Is(exception), MongoOutage.IsFull(exception)).ShouldBe((isOutage, isFull));
    }

    [Fact]
    public void BulkWrite_WithoutConfirmation_IsAnOutage()
    {
        var exception = new MongoBulkWriteException<BsonDocument>(
            Connection,
            new BulkWriteResult<BsonDocument>.Unacknowledged(0, []),
            [],
            writeConcernError: null,
            []
        );

        (MongoOutage.Is(exception), MongoOutage.IsFull(exception)).ShouldBe((true, false));
    }
}
