using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Storage;

/// <summary>
/// An execution that is stored and deleted at once, to check whether executions can be stored: a database may answer queries but refuse
/// writes, because its disk is full or it is read-only.
/// </summary>
internal static class ReadinessProbe
{
    /// <summary>Its user id is not valid, so it belongs to no user; and it is older than any execution that counts in the queue.</summary>
    public static ExecutionRecord Create() =>
        new()
        {
            ExecutionId = $"{Guid.NewGuid():N}",
            UserId = ".readiness",
            AcceptedAt = DateTimeOffset.UnixEpoch,
        };
}
