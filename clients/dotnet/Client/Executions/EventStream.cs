using System.Runtime.CompilerServices;
using CodeInterpreter.Execution.V1;
using Grpc.Core;
using V1Event = CodeInterpreter.Execution.V1.ExecutionEvent;

namespace CodeInterpreter.Client;

/// <summary>The events of one execution, over as many connections as it takes.</summary>
internal sealed class EventStream(Connection connection, string userId, EventReader reader)
{
    private const string Operation = "stream";

    /// <summary>Runs code and returns its events.</summary>
    public IAsyncEnumerable<ExecutionEvent> RunAsync(ExecuteRequest request, CancellationToken cancellationToken) =>
        ReadAsync(
            options => reader.ExecutionId is null ? connection.Wire.Executions.ExecuteStream(request, options) : Follow(options),
            request.IncludeData,
            cancellationToken
        );

    /// <summary>Returns the events of an execution behind those that are known.</summary>
    public IAsyncEnumerable<ExecutionEvent> FollowAsync(CancellationToken cancellationToken) =>
        ReadAsync(Follow, includeData: false, cancellationToken);

    private AsyncServerStreamingCall<V1Event> Follow(CallOptions options) =>
        connection.Wire.Executions.Follow(
            new FollowExecutionRequest
            {
                UserId = userId,
                ExecutionId = reader.ExecutionId,
                AfterSequence = reader.After,
            },
            options
        );

    private async IAsyncEnumerable<ExecutionEvent> ReadAsync(
        Func<CallOptions, AsyncServerStreamingCall<V1Event>> open,
        bool includeData,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var measured = connection.Instruments.Begin(Operation);
        for (var attempts = 1; ; attempts++)
        {
            var isFirst = reader.ExecutionId is null;
            using var call = open(await connection.PrepareAsync(deadline: null, cancellationToken));
            CodeInterpreterException? failure;
            while ((failure = await MoveAsync(call.ResponseStream, cancellationToken)) is null)
            {
                // A connection that carries events is a good one.
                attempts = 0;
                if (reader.Read(call.ResponseStream.Current) is not { } known)
                    continue;
                if (known is not ExecutionEvent.Finished finished)
                {
                    yield return known;
                    continue;
                }

                // Only the call that ran the code carries the content of files.
                var result = includeData && !isFirst ? await FetchAsync(cancellationToken) : finished.Result;
                connection.Instruments.Finished(result);
                yield return finished with
                {
                    Result = result,
                };
                yield break;
            }

            await PauseAsync(measured, failure, Math.Max(attempts, 1), cancellationToken);
        }
    }

    /// <summary>Waits for the next event; returns how the stream broke when there is none.</summary>
    private async Task<CodeInterpreterException?> MoveAsync(IAsyncStreamReader<V1Event> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken)
                ? null
                : new CodeInterpreterException(ErrorReasons.Unavailable, "The stream ended before the execution.")
                {
                    ExecutionId = reader.ExecutionId,
                };
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            return RpcFailures.Translate(exception, reader.ExecutionId);
        }
    }

    private async Task PauseAsync(
        ClientInstruments.Operation measured,
        CodeInterpreterException failure,
        int attempts,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await connection.PauseAsync(Operation, failure, attempts, cancellationToken);
        }
        catch (CodeInterpreterException)
        {
            measured.Fail(failure);
            throw;
        }
    }

    private async Task<ExecutionResult> FetchAsync(CancellationToken cancellationToken)
    {
        var execution = await connection.CallAsync(
            "get",
            options =>
                connection.Wire.Executions.GetAsync(
                    new GetExecutionRequest
                    {
                        UserId = userId,
                        ExecutionId = reader.ExecutionId,
                        IncludeData = true,
                    },
                    options
                ),
            cancellationToken
        );
        return ResultMapping.ToResult(execution.Result);
    }
}
