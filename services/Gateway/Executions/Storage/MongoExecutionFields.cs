namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>Names of the fields of <c>executions</c>. The status has no field: it follows from the times.</summary>
internal static class MongoExecutionFields
{
    public const string ExecutionId = "_id";
    public const string UserId = "user_id";
    public const string CallerId = "caller_id";
    public const string AcceptedAt = "accepted_at";
    public const string Deadline = "deadline";
    public const string LostAt = "lost_at";
    public const string Live = "live";
    public const string IdempotencyKey = "idempotency_key";
    public const string RequestHash = "request_hash";
    public const string InputAddress = "input_address";
    public const string LastSequence = "last_sequence";
    public const string Bytes = "bytes";
    public const string StartedAt = "started_at";
    public const string FinishedAt = "finished_at";
    public const string Result = "result";
}
