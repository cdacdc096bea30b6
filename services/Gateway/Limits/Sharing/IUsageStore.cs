namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>Where replicas find each other's usage. Counters are not worth an error: nothing depends on a report that is lost.</summary>
internal interface IUsageStore
{
    /// <summary>Stores the report of this replica in place of its last one, and returns those of all others, also of ended ones.</summary>
    Task<IReadOnlyList<ReplicaUsage>> ExchangeAsync(ReplicaUsage own, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes reports that were stored before that time.</summary>
    Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>Deletes the report of a replica.</summary>
    Task DeleteAsync(string replicaId, CancellationToken cancellationToken);
}
