using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;
using MongoDB.Driver;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>
/// A collection of records whose indexes are made before anything else is done with it, however late its server comes up. Indexes of
/// earlier versions are replaced; others, such as an operator's own, are left alone.
/// </summary>
public sealed class MongoRecords(
    IMongoCollection<BsonDocument> collection,
    DatabaseFailure failed,
    IReadOnlyList<CreateIndexModel<BsonDocument>> indexes
)
{
    private const int OptionsConflict = 85;
    private const int KeyConflict = 86;
    private const int IndexNotFound = 27;

    private static readonly string[] PlainFields = ["v", "ns", "name", "key", "unique", "sparse", "background", "storageEngine"];

    private readonly Lock _lock = new();
    private Task? _indexes;

    /// <summary>
    /// Uses the collection, with its indexes. Several processes may create them at the same time, and again: that changes nothing.
    /// </summary>
    public async Task<T> UseAsync<T>(Func<IMongoCollection<BsonDocument>, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await HaveIndexesAsync().WaitAsync(cancellationToken);
            return await use(collection);
        }
        catch (Exception exception) when (MongoOutage.Is(exception))
        {
            throw failed(exception, MongoOutage.IsFull(exception));
        }
    }

    // Those who open it at the same time share the attempt, so that none drops what another has just made. One that failed is repeated.
    private Task HaveIndexesAsync()
    {
        lock (_lock)
        {
            if (_indexes is null or { IsFaulted: true })
                _indexes = MakeIndexesAsync();
            return _indexes;
        }
    }

    private async Task MakeIndexesAsync()
    {
        try
        {
            await collection.Indexes.CreateManyAsync(indexes);
        }
        catch (MongoCommandException exception) when (exception.Code is OptionsConflict or KeyConflict)
        {
            await DropConflictingAsync();
            await collection.Indexes.CreateManyAsync(indexes);
        }
    }

    private async Task DropConflictingAsync()
    {
        var existing = await (await collection.Indexes.ListAsync()).ToListAsync();
        var wanted = indexes.Select(Wanted).ToList();
        foreach (var found in existing.Select(Existing).Where(found => wanted.Exists(found.IsInTheWayOf)))
        {
            try
            {
                await collection.Indexes.DropOneAsync(found.Name);
            }
            catch (MongoCommandException exception) when (exception.Code == IndexNotFound)
            {
                // Another replica has just dropped it.
            }
        }
    }

    private static Index Wanted(CreateIndexModel<BsonDocument> model)
    {
        var keys = model.Keys.Render(new RenderArgs<BsonDocument>(BsonDocumentSerializer.Instance, BsonSerializer.SerializerRegistry));
        var name = model.Options?.Name ?? string.Join('_', keys.Select(key => $"{key.Name}_{key.Value}"));
        return new Index(name, keys, model.Options?.Unique ?? false, model.Options?.Sparse ?? false, IsPlain: true);
    }

    private static Index Existing(BsonDocument found) =>
        new(
            found["name"].AsString,
            found["key"].AsBsonDocument,
            found.GetValue("unique", false).ToBoolean(),
            found.GetValue("sparse", false).ToBoolean(),
            IsPlain: !found.Names.Except(PlainFields).Any()
        );

    /// <param name="Name">Its name.</param>
    /// <param name="Keys">The fields in their order, with their directions.</param>
    /// <param name="Unique">Whether no two documents may have the same.</param>
    /// <param name="Sparse">Whether documents without the fields are left out.</param>
    /// <param name="IsPlain">Whether it has no option beside those, such as a time to live.</param>
    private sealed record Index(string Name, BsonDocument Keys, bool Unique, bool Sparse, bool IsPlain)
    {
        /// <summary>Whether the server takes the other one only without this one.</summary>
        public bool IsInTheWayOf(Index other) => Name == other.Name ? !IsAlike(other) : IsPlain && HasTheKeysOf(other);

        private bool IsAlike(Index other) =>
            HasTheKeysOf(other) && (Unique, Sparse, IsPlain) == (other.Unique, other.Sparse, other.IsPlain);

        // The same numbers may be of other types.
        private bool HasTheKeysOf(Index other) =>
            Keys.ElementCount == other.Keys.ElementCount
            && Keys.Zip(other.Keys).All(pair => pair.First.Name == pair.Second.Name && pair.First.Value == pair.Second.Value);
    }
}
