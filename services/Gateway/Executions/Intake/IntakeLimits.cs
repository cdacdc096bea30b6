using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Limits;
using CodeInterpreter.Gateway.Limits.Sharing;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// Refuses an execution when its user or its API key has too many active ones at all replicas together, or the user's results take too much
/// space.
/// </summary>
internal sealed class IntakeLimits(
    ActiveExecutions activeExecutions,
    OtherReplicas otherReplicas,
    IExecutionStore store,
    ResultBudget resultBudget,
    AuditLog audit,
    IOptions<LimitOptions> limits
)
{
    /// <summary>Counts a new execution, which is stored already, until it ends or is released.</summary>
    /// <exception cref="GatewayException">A limit is reached, or the database is unavailable.</exception>
    public async Task CountAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        var ofUser = ActiveExecutions.Limit.OfUser(execution.UserId, limits.Value.ExecutionsPerUser);
        var ofKey = ActiveExecutions.Limit.OfKey(execution.CallerId, execution.CallerId.Length > 0 ? limits.Value.ExecutionsPerKey : 0);
        try
        {
            Check(activeExecutions.TryAdd(execution.ExecutionId, execution.Deadline, ofUser, ofKey));
            if (IsNear(ofUser))
                Check(ofUser, await store.CountActiveOfUserAsync(execution.UserId, execution.AcceptedAt, cancellationToken));
            if (IsNear(ofKey))
                Check(ofKey, await store.CountActiveOfCallerAsync(execution.CallerId, execution.AcceptedAt, cancellationToken));
            await resultBudget.CheckAsync(execution, cancellationToken);
        }
        catch (GatewayException exception) when (exception.Kind is GatewayErrorKind.LimitReached or GatewayErrorKind.QuotaExceeded)
        {
            audit.RefusedExecution(exception.Kind, execution.CallerId, execution.UserId);
            throw;
        }
    }

    /// <summary>Stops counting an execution that was not accepted.</summary>
    public void Release(ExecutionRecord execution) => activeExecutions.Remove(execution.ExecutionId);

    /// <summary>
    /// Whether the database has to be asked. What this replica knows of the others is a second old, so each replica relies on it only for
    /// its part of the limit.
    /// </summary>
    private bool IsNear(ActiveExecutions.Limit limit) =>
        limit.Most > 0
        && otherReplicas.ReplicaCount is > 1 and var replicas
        && (activeExecutions.CountOf(limit.Owner) + otherReplicas.ExecutionsOf(limit.Owner.Name)) * replicas > limit.Most;

    private static void Check(ActiveExecutions.Limit limit, int count) => Check(count > limit.Most ? limit : null);

    private static void Check(ActiveExecutions.Limit? exceeded)
    {
        if (exceeded is null)
            return;
        var owner = exceeded.Owner.By == ActiveExecutions.Counted.User ? "user" : "key";
        throw new GatewayException(
            GatewayErrorKind.LimitReached,
            $"The {owner} has {exceeded.Most} active executions, which is the limit; try again later."
        );
    }
}
