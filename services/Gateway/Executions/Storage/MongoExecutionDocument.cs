using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Executions.Records;
using MongoDB.Bson;
using Field = CodeInterpreter.Gateway.Executions.Storage.MongoExecutionFields;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>A document of <c>executions</c>: times are dates, the result is a subdocument.</summary>
internal static class MongoExecutionDocument
{
    /// <summary>The document of a new execution.</summary>
    public static BsonDocument From(ExecutionRecord execution)
    {
        var document = new BsonDocument
        {
            [Field.ExecutionId] = execution.ExecutionId,
            [Field.UserId] = execution.UserId,
            [Field.AcceptedAt] = MongoDate.Of(execution.AcceptedAt),
            [Field.Deadline] = MongoDate.Of(execution.Deadline),
            [Field.LostAt] = MongoDate.Of(execution.LostAt),
            [Field.Live] = execution.Live,
            [Field.Bytes] = execution.Bytes,
        };
        if (execution.CallerId.Length > 0)
            document[Field.CallerId] = execution.CallerId;
        // Only executions with a key have the field, as its index is unique and sparse.
        if (execution.IdempotencyKey is not null)
        {
            document[Field.IdempotencyKey] = KeyOf(execution);
            document[Field.RequestHash] = execution.RequestHash;
        }

        return document;
    }

    /// <summary>The user and the idempotency key in one text.</summary>
    public static string KeyOf(ExecutionRecord execution) => $"{execution.UserId}/{execution.IdempotencyKey}";

    public static ExecutionRecord ToRecord(BsonDocument document)
    {
        var startedAt = Time(document, Field.StartedAt);
        var finishedAt = Time(document, Field.FinishedAt);
        return new ExecutionRecord
        {
            ExecutionId = document[Field.ExecutionId].AsString,
            UserId = document[Field.UserId].AsString,
            CallerId = document.TryGetValue(Field.CallerId, out var caller) ? caller.AsString : "",
            Status =
                finishedAt is not null ? ExecutionStatus.Finished
                : startedAt is not null ? ExecutionStatus.Running
                : ExecutionStatus.Queued,
            AcceptedAt = Time(document, Field.AcceptedAt)!.Value,
            Deadline = Time(document, Field.Deadline) ?? Time(document, Field.AcceptedAt)!.Value,
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

    private static DateTimeOffset? Time(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value)
            ? DateTimeOffset.FromUnixTimeMilliseconds(value.AsBsonDateTime.MillisecondsSinceEpoch)
            : null;
}
