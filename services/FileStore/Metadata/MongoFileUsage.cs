using CodeInterpreter.FileStore.Files;
using MongoDB.Bson;
using MongoDB.Driver;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>Sums over <c>user_files</c>, which the server makes.</summary>
internal static class MongoFileUsage
{
    /// <summary>What the files of a filter come to: of each of these executions, or, for null, all of them.</summary>
    public static async Task<IReadOnlyList<FileUsage>> MeasureAsync(
        IMongoCollection<BsonDocument> files,
        BsonDocument filter,
        BsonDocument index,
        string?[] executionIds,
        CancellationToken cancellationToken
    )
    {
        var sums = new BsonDocument("_id", BsonNull.Value);
        for (var i = 0; i < executionIds.Length; i++)
        {
            sums[$"files{i}"] = new BsonDocument("$sum", OnlyOf(executionIds[i], 1));
            sums[$"bytes{i}"] = new BsonDocument("$sum", OnlyOf(executionIds[i], "$" + Field.FileSize));
        }

        var measured = await files
            .Aggregate(new AggregateOptions { Hint = index })
            .Match(filter)
            .Group(sums)
            .FirstOrDefaultAsync(cancellationToken);
        return
        [
            .. executionIds.Select(
                (_, i) =>
                    measured is null ? new FileUsage(0, 0) : new FileUsage(measured[$"files{i}"].ToInt64(), measured[$"bytes{i}"].ToInt64())
            ),
        ];
    }

    private static BsonValue OnlyOf(string? executionId, BsonValue value) =>
        executionId is null
            ? value
            : new BsonDocument(
                "$cond",
                new BsonArray
                {
                    new BsonDocument("$eq", new BsonArray { "$" + Field.ExecutionId, new BsonDocument("$literal", executionId) }),
                    value,
                    0,
                }
            );
}
