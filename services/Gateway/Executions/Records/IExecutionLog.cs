namespace CodeInterpreter.Gateway.Executions.Records;

/// <summary>
/// Keeps the events of live executions, for callers that follow them through another replica or begin late. Events are kept as long as
/// their executions.
/// </summary>
internal interface IExecutionLog
{
    /// <summary>Adds an entry, unless there is one with that number.</summary>
    Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="count"/> entries after a number, in order.</summary>
    Task<IReadOnlyList<LogEntry>> ReadAsync(string userId, string executionId, long after, int count, CancellationToken cancellationToken);

    /// <summary>Deletes the entries of one execution.</summary>
    Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>Deletes the entries of all executions of a user.</summary>
    Task DeleteAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Deletes the entries that were added before that time.</summary>
    Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}
