using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>The MongoDB collection <c>blob_store</c>: the mark of the blob store that the files are in.</summary>
internal sealed class MongoBlobStore(MongoConnection connection)
{
    private readonly MongoRecords _records = connection.GetRecords(
        "blob_store",
        FileStoreException.DatabaseFailed,
        MongoFileIndexes.OfBlobStore
    );

    /// <summary>Stores the mark unless there is one; returns the one that is stored.</summary>
    public Task<string> BindAsync(string mark, CancellationToken cancellationToken) =>
        _records.UseAsync(
            async bound =>
            {
                var own = new BsonDocument(Field.Collection, "user_files");
                try
                {
                    var first = new BsonDocument("$setOnInsert", new BsonDocument(Field.Mark, mark));
                    await bound.UpdateOneAsync(own, first, new UpdateOptions { IsUpsert = true }, cancellationToken);
                }
                catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
                {
                    // Another file store has just stored its own.
                }

                return (await bound.Find(own).SingleAsync(cancellationToken))[Field.Mark].AsString;
            },
            cancellationToken
        );
}
