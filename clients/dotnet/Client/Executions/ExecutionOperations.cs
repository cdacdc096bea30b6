using System.Runtime.CompilerServices;
using CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Client;

/// <summary>Executions that exist: their results, their events, and their end.</summary>
public sealed class ExecutionOperations
{
    // The service waits at most 300 seconds; less is kinder to what stands between.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Connection _connection;
    private readonly CodeInterpreterClient _client;

    internal ExecutionOperations(Connection connection, CodeInterpreterClient client) => (_connection, _client) = (connection, client);

    /// <summary>Returns an execution, with its result once it has finished.</summary>
    /// <param name="executionId">Its id.</param>
    /// <param name="includeData">Puts the content of files of at most 1 MiB, 2 MiB together, into the result.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotFound"/>, or the call failed.</exception>
    public async Task<Execution> GetAsync(string executionId, bool includeData = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(executionId);
        var request = new GetExecutionRequest
        {
            UserId = _client.RequiredUserId,
            ExecutionId = executionId,
            IncludeData = includeData,
        };
        return ResultMapping.ToExecution(
            await _connection.CallAsync("get", options => _connection.Wire.Executions.GetAsync(request, options), cancellationToken)
        );
    }

    /// <summary>
    /// Waits until an execution has finished, and returns its result. A connection that breaks meanwhile changes nothing.
    /// </summary>
    /// <param name="executionId">Its id.</param>
    /// <param name="includeData">Puts the content of files of at most 1 MiB, 2 MiB together, into the result.</param>
    /// <param name="cancellationToken">Ends the wait. The execution goes on.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotFound"/>, or the call failed.</exception>
    public async Task<ExecutionResult> WaitAsync(
        string executionId,
        bool includeData = false,
        CancellationToken cancellationToken = default
    )
    {
        while (true)
        {
            var execution = await WaitAtMostAsync(executionId, LongestWait, includeData, cancellationToken);
            if (execution.Result is { } result)
                return result;
        }
    }

    /// <summary>Waits until an execution has finished or a time has passed, and returns it as it is then.</summary>
    /// <param name="executionId">Its id.</param>
    /// <param name="timeout">More than 0, at most 300 seconds.</param>
    /// <param name="includeData">Puts the content of files of at most 1 MiB, 2 MiB together, into the result.</param>
    /// <param name="cancellationToken">Ends the wait. The execution goes on.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotFound"/>, or the call failed.</exception>
    public async Task<Execution> WaitAtMostAsync(
        string executionId,
        TimeSpan timeout,
        bool includeData = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(executionId);
        var request = new WaitForExecutionRequest
        {
            UserId = _client.RequiredUserId,
            ExecutionId = executionId,
            TimeoutSeconds = timeout.TotalSeconds,
            IncludeData = includeData,
        };
        var execution = ResultMapping.ToExecution(
            await _connection.CallAsync(
                "wait",
                options => _connection.Wire.Executions.WaitAsync(request, options),
                cancellationToken,
                timeout
            )
        );
        if (execution.Result is { } result)
            _connection.Instruments.Finished(result);
        return execution;
    }

    /// <summary>
    /// Returns the events of an execution, of one that has finished, too, and continues by itself where a connection breaks.
    /// </summary>
    /// <param name="executionId">Its id.</param>
    /// <param name="afterSequence">The <see cref="ExecutionEvent.Sequence"/> of the last event that is known; 0 for all events.</param>
    /// <param name="cancellationToken">Ends the stream. The execution goes on.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotFound"/>, or the call failed.</exception>
    public IAsyncEnumerable<ExecutionEvent> FollowAsync(
        string executionId,
        long afterSequence = 0,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(executionId);
        var reader = new EventReader(executionId, afterSequence);
        return new EventStream(_connection, _client.RequiredUserId, reader).FollowAsync(cancellationToken);
    }

    /// <summary>Returns the user's executions, the newest first, without their results. Pages are fetched as they are needed.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="CodeInterpreterException">A call failed.</exception>
    public async IAsyncEnumerable<Execution> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListExecutionsRequest { UserId = _client.RequiredUserId };
        do
        {
            var page = await _connection.CallAsync(
                "list",
                options => _connection.Wire.Executions.ListAsync(request, options),
                cancellationToken
            );
            foreach (var execution in page.Executions)
                yield return ResultMapping.ToExecution(execution);
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);
    }

    /// <summary>
    /// Stops an execution with all of its processes; one that waits for a runner never starts. Its result has the output and files up to
    /// that
    /// point. Cancelling a finished execution changes nothing.
    /// </summary>
    /// <param name="executionId">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotFound"/>, or the call failed.</exception>
    public Task CancelAsync(string executionId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(executionId);
        var request = new CancelExecutionRequest { UserId = _client.RequiredUserId, ExecutionId = executionId };
        return _connection.CallAsync("cancel", options => _connection.Wire.Executions.CancelAsync(request, options), cancellationToken);
    }

    /// <summary>Deletes a finished execution with its result and events. Its files stay.</summary>
    /// <param name="executionId">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.StillRunning"/>, <see cref="ErrorReasons.NotFound"/>, or the call failed.
    /// </exception>
    public Task DeleteAsync(string executionId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(executionId);
        var request = new DeleteExecutionRequest { UserId = _client.RequiredUserId, ExecutionId = executionId };
        return _connection.DeleteAsync(options => _connection.Wire.Executions.DeleteAsync(request, options), cancellationToken);
    }

    /// <summary>Returns how much the user's executions take, and may take.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">The call failed.</exception>
    public async Task<ExecutionUsage> GetUsageAsync(CancellationToken cancellationToken = default)
    {
        var request = new ExecutionUsageRequest { UserId = _client.RequiredUserId };
        var usage = await _connection.CallAsync(
            "usage",
            options => _connection.Wire.Executions.UsageAsync(request, options),
            cancellationToken
        );
        return new ExecutionUsage(usage.Executions, usage.Bytes, usage.MaxBytes == 0 ? null : usage.MaxBytes);
    }
}
