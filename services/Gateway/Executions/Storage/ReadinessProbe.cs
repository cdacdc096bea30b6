namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>
/// An execution that is remembered and forgotten at once, to see whether executions can be: a database may answer questions and take
/// nothing any more, because its disk is full or it may not be written to.
/// </summary>
internal static class ReadinessProbe
{
    /// <summary>It belongs to no user, as none may be called so, and is older than any whose place in the queue is counted.</summary>
    public static ExecutionRecord Create() =>
        new()
        {
            ExecutionId = $"{Guid.NewGuid():N}",
            UserId = ".readiness",
            AcceptedAt = DateTimeOffset.UnixEpoch,
        };
}
