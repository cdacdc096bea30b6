using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Limits;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// Refuses an execution when its user or its API key has too many active ones, or the user's results take too much space.
/// </summary>
internal sealed class IntakeLimits(ActiveExecutions activeExecutions, ResultBudget resultBudget, IOptions<LimitOptions> limits)
{
    /// <summary>Counts a new execution, which is stored already, until it ends or is released.</summary>
    /// <exception cref="GatewayException">A limit is reached, or the database is unavailable.</exception>
    public async Task CountAsync(ExecutionRecord execution, string callerId, CancellationToken cancellationToken)
    {
        var ofUser = ActiveExecutions.Limit.OfUser(execution.UserId, limits.Value.ExecutionsPerUser);
        var ofKey = ActiveExecutions.Limit.OfKey(callerId, callerId.Length > 0 ? limits.Value.ExecutionsPerKey : 0);
        if (activeExecutions.TryAdd(execution.ExecutionId, execution.Deadline, ofUser, ofKey) is { } limit)
        {
            throw new GatewayException(
                GatewayErrorKind.LimitReached,
                $"The {(limit == ofUser ? "user" : "key")} has {limit.Most} active executions, which is the limit; try again later."
            );
        }

        await resultBudget.CheckAsync(execution, cancellationToken);
    }

    /// <summary>Stops counting an execution that was not accepted.</summary>
    public void Release(ExecutionRecord execution) => activeExecutions.Remove(execution.ExecutionId);
}
