using MongoDB.Bson;
using Field = CodeInterpreter.Gateway.Executions.Storage.MongoExecutionFields;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>A document of <c>executions</c>: moments are dates, the result is a document of its own.</summary>
internal static class MongoExecutionDocument
{
    /// <summary>An execution that has just been accepted.</summary>
    public static BsonDocument From(ExecutionRecord execution)
    {
        var document = new BsonDocument
        {
            [Field.ExecutionId] = execution.ExecutionId,
            [Field.UserId] = execution.UserId,
            [Field.AcceptedAt] = Date(execution.AcceptedAt),
            [Field.Deadline] = Date(execution.Deadline),
            [Field.Live] = execution.Live,
            [Field.Bytes] = execution.Bytes,
        };
        // Only executions with a key have the field: its index is unique, and sparse.
        if (execution.IdempotencyKey is not null)
        {
            document[Field.IdempotencyKey] = KeyOf(execution);
            document[Field.RequestHash] = execution.RequestHash;
        }

        return document;
    }

    /// <summary>The user and the user's key, in one text.</summary>
    public static string KeyOf(ExecutionRecord execution) => $"{execution.UserId}/{execution.IdempotencyKey}";

    public static ExecutionRecord ToRecord(BsonDocument document)
    {
        var startedAt = Moment(document, Field.StartedAt);
        var finishedAt = Moment(document, Field.FinishedAt);
        return new ExecutionRecord
        {
            ExecutionId = document[Field.ExecutionId].AsString,
            UserId = document[Field.UserId].AsString,
            Status =
                finishedAt is not null ? ExecutionStatus.Finished
                : startedAt is not null ? ExecutionStatus.Running
                : ExecutionStatus.Queued,
            AcceptedAt = Moment(document, Field.AcceptedAt)!.Value,
            Deadline = Moment(document, Field.Deadline) ?? Moment(document, Field.AcceptedAt)!.Value,
            Live = document.GetValue(Field.Live, false).AsBoolean,
            IdempotencyKey = document.TryGetValue(Field.IdempotencyKey, out var key)
                ? key.AsString[(document[Field.UserId].AsString.Length + 1)..]
                : null,
            RequestHash = document.TryGetValue(Field.RequestHash, out var hash) ? hash.AsString : null,
            InputAddress = document.TryGetValue(Field.InputAddress, out var address) ? new Uri(address.AsString) : null,
            LastSequence = document.GetValue(Field.LastSequence, 0L).ToInt64(),
            StartedAt = startedAt,
            FinishedAt = finishedAt,
            Result = document.TryGetValue(Field.Result, out var result) ? MongoResult.Read(result.AsBsonDocument) : null,
        };
    }

    public static BsonDateTime Date(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    private static DateTimeOffset? Moment(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value)
            ? DateTimeOffset.FromUnixTimeMilliseconds(value.AsBsonDateTime.MillisecondsSinceEpoch)
            : null;
}
