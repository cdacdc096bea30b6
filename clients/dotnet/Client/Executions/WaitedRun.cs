using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.Client;

/// <summary>
/// One execution whose caller waits for it. All attempts carry the same idempotency key, so the code runs once. Such an execution outlives
/// its
/// connection; a caller that cancels therefore cancels it by its id.
/// </summary>
internal sealed class WaitedRun(Connection connection, ExecuteRequest request, TimeSpan? timeout, bool ownsKey)
{
    private const string Operation = "run";
    private const string ExecutionIdKey = "execution-id";

    // How long a caller that cancels waits for the service to take that.
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset? _deadline = timeout is { } limit ? connection.Time.GetUtcNow() + limit : null;
    private string? _executionId;

    public async Task<ExecutionResult> RunAsync(CancellationToken cancellationToken)
    {
        using var measured = connection.Instruments.Begin(Operation);
        try
        {
            var result = await RepeatAsync(cancellationToken);
            connection.Instruments.Finished(result);
            return result;
        }
        catch (Exception exception)
        {
            measured.Fail(exception);
            throw;
        }
    }

    private async Task<ExecutionResult> RepeatAsync(CancellationToken cancellationToken)
    {
        for (var attempts = 1; ; attempts++)
        {
            // Without the token: a call that is cancelled no longer says what its execution is.
            var options = (await connection.PrepareAsync(_deadline, cancellationToken)).WithCancellationToken(default);
            using var call = connection.Wire.Executions.ExecuteAsync(request, options);
            var (headers, response) = (Observed(call.ResponseHeadersAsync), Observed(call.ResponseAsync));
            try
            {
                return ResultMapping.ToResult(await response.WaitAsync(cancellationToken));
            }
            catch (RpcException exception)
            {
                _executionId = IdIn(headers) ?? _executionId;
                await PauseAsync(RpcFailures.Translate(exception, _executionId), attempts, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await CancelAsync(headers);
                throw;
            }
        }
    }

    private async Task PauseAsync(CodeInterpreterException failure, int attempts, CancellationToken cancellationToken)
    {
        try
        {
            await connection.PauseAsync(Operation, failure, attempts, cancellationToken, _deadline);
        }
        catch (OperationCanceledException) when (_executionId is not null)
        {
            await CancelAsync(_executionId);
            throw;
        }
    }

    private async Task CancelAsync(Task<Metadata> headers)
    {
        if (!ownsKey)
            return;
        try
        {
            // The id arrives when the execution is accepted, which is soon or never.
            await headers.WaitAsync(CancelPatience, connection.Time, CancellationToken.None);
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException or OperationCanceledException)
        {
            // It was not accepted.
        }

        if ((IdIn(headers) ?? _executionId) is { } executionId)
            await CancelAsync(executionId);
    }

    private async Task CancelAsync(string executionId)
    {
        if (!ownsKey)
            return;
        using var patience = new CancellationTokenSource(CancelPatience, connection.Time);
        try
        {
            var options = await connection.PrepareAsync(deadline: null, patience.Token);
            var cancelled = new CancelExecutionRequest { UserId = request.UserId, ExecutionId = executionId };
            await connection.Wire.Executions.CancelAsync(cancelled, options);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            // Its limits end it.
        }
    }

    // Nobody may be left to see how a call ended whose caller cancelled.
    private static Task<T> Observed<T>(Task<T> task)
    {
        task.ContinueWith(
            ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        return task;
    }

    private static string? IdIn(Task<Metadata> headers) => headers.IsCompletedSuccessfully ? headers.Result.GetValue(ExecutionIdKey) : null;
}
