namespace CodeInterpreter.Gateway.Executions.Following;

/// <summary>
/// Remembers what happens in live executions, for those who follow them through another replica or join late. It is kept as
/// long as the executions are.
/// </summary>
internal interface IExecutionLog
{
    /// <summary>Adds an entry; one of that number that is there stays as it is.</summary>
    Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="count"/> entries behind a number, in order.</summary>
    Task<IReadOnlyList<LogEntry>> ReadAsync(string userId, string executionId, long after, int count, CancellationToken cancellationToken);

    /// <summary>Forgets what happened in one execution.</summary>
    Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>Forgets what was added before that moment.</summary>
    Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}
