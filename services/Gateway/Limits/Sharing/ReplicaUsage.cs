namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>What the callers and users of one replica use, as the other replicas see it.</summary>
/// <param name="ReplicaId">The replica.</param>
/// <param name="Sequence">Grows with each report.</param>
/// <param name="Calls">
/// Calls since the replica began to count, by <see cref="UsageOwner"/>. Those without recent calls are left out.
/// </param>
/// <param name="Executions">Active executions, by <see cref="UsageOwner"/>.</param>
internal sealed record ReplicaUsage(
    string ReplicaId,
    long Sequence,
    IReadOnlyDictionary<string, long> Calls,
    IReadOnlyDictionary<string, long> Executions
);
