using MongoDB.Bson;
using MongoDB.Driver;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>
/// A collection of records whose indexes are made before anything else is done with it, however late its server comes up.
/// </summary>
public sealed class MongoRecords(
    IMongoCollection<BsonDocument> collection, IReadOnlyList<CreateIndexModel<BsonDocument>> indexes)
{
    private volatile bool _hasIndexes;

    /// <summary>The collection, with its indexes. Several may make them at the same time, and again: it changes nothing.</summary>
    public async Task<IMongoCollection<BsonDocument>> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_hasIndexes)
        {
            await collection.Indexes.CreateManyAsync(indexes, cancellationToken);
            _hasIndexes = true;
        }

        return collection;
    }
}
