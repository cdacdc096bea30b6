using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>The indexes of <c>user_files</c>, one for each way to look for files.</summary>
internal static class MongoFileIndexes
{
    public static readonly BsonDocument NewestFirst = new() { [Field.UploadedAt] = -1, [Field.FileId] = -1 };

    public static readonly BsonDocument OfFile = new(Field.FileId, 1);

    private static readonly BsonDocument OfOwner = new BsonDocument(Field.UserId, 1).AddRange(NewestFirst);

    private static readonly BsonDocument OfExecution = new BsonDocument { [Field.UserId] = 1, [Field.ExecutionId] = 1 }.AddRange(
        NewestFirst
    );

    public static readonly IReadOnlyList<CreateIndexModel<BsonDocument>> All =
    [
        new(OfFile, new CreateIndexOptions { Unique = true }),
        new(OfOwner),
        new(OfExecution),
        new(new BsonDocument(Field.ExpiresAt, 1)),
        new(new BsonDocument(Field.UploadKey, 1), new CreateIndexOptions { Unique = true, Sparse = true }),
        // Only files that are being deleted have the field, so the index stays small.
        new(new BsonDocument(Field.ClaimedUntil, 1), new CreateIndexOptions { Sparse = true }),
    ];

    public static readonly IReadOnlyList<CreateIndexModel<BsonDocument>> OfBlobStore =
    [
        new(new BsonDocument(Field.Collection, 1), new CreateIndexOptions { Unique = true }),
    ];

    public static readonly IReadOnlyList<CreateIndexModel<BsonDocument>> OfExpired =
    [
        new(new BsonDocument(Field.FileId, 1), new CreateIndexOptions { Unique = true }),
        new(new BsonDocument(Field.ExpiresAt, 1)),
        new(new BsonDocument(Field.UserId, 1)),
    ];

    /// <summary>
    /// The one for the files of an owner, or of one execution. It is named to the server, since nearly all files meet the
    /// condition on their expiry, and a server that begins with that reads them all.
    /// </summary>
    public static BsonDocument For(string? executionId) => executionId is null ? OfOwner : OfExecution;
}
