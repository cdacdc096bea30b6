using MongoDB.Bson;

namespace CodeInterpreter.Gateway.Databases;

/// <summary>Times as MongoDB stores them: UTC, to the millisecond.</summary>
internal static class MongoDate
{
    public static BsonDateTime Of(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());
}
