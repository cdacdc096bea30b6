using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Paging;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Queries;

/// <summary>What a user has: lists of executions, and the space that they take.</summary>
internal sealed class ExecutionQueries(IExecutionStore store, IOptions<ExecutionOptions> options)
{
    private const int DefaultPageSize = 100;
    private const int MaxPageSize = 1000;

    /// <summary>One page of the user's executions, without results, and the token of the next page; empty on the last one.</summary>
    /// <exception cref="GatewayException">The user id, the page size or the token is not valid.</exception>
    public async Task<(IReadOnlyList<ExecutionRecord> Executions, string NextPageToken)> ListAsync(
        string userId,
        int pageSize,
        string pageToken,
        CancellationToken cancellationToken
    )
    {
        UserIds.Check(userId);
        var after = CheckPage(pageSize, pageToken);
        var count = pageSize == 0 ? DefaultPageSize : pageSize;
        var found = await store.ListAsync(userId, after, count + 1, cancellationToken);
        return found.Count <= count
            ? (found, "")
            : ([.. found.Take(count)], PageToken.Encode(found[count - 1].AcceptedAt, found[count - 1].ExecutionId));
    }

    /// <summary>The space that the user's executions take, and the most bytes that they may; 0 for no limit.</summary>
    /// <exception cref="GatewayException">The user id is not valid.</exception>
    public async Task<(ExecutionUsage Usage, long MaxBytes)> MeasureAsync(string userId, CancellationToken cancellationToken)
    {
        UserIds.Check(userId);
        return (await store.MeasureAsync(userId, cancellationToken), options.Value.MaxUserResultBytes);
    }

    private static ExecutionPosition? CheckPage(int pageSize, string pageToken)
    {
        var violations = new List<FieldViolation>();
        if (pageSize is < 0 or > MaxPageSize)
        {
            violations.Add(new("page_size", $"must be 1 to {MaxPageSize}, or 0 for {DefaultPageSize}."));
        }

        var after = PageToken.Decode(pageToken);
        if (pageToken.Length > 0 && after is null)
        {
            violations.Add(new("page_token", "must be empty or the next_page_token of the page before."));
        }

        if (violations.Count > 0)
            throw GatewayException.Invalid(violations);
        return after is var (acceptedAt, executionId) ? new ExecutionPosition(acceptedAt, executionId) : null;
    }
}
