using Grpc.Core;

namespace CodeInterpreter.Client;

/// <summary>Calls the service: with credentials, deadlines, retries and telemetry.</summary>
internal sealed class Connection(Wire wire, CodeInterpreterClientOptions options, ClientInstruments instruments)
{
    private readonly Retries _retries = new(options.Retry);

    public Wire Wire => wire;

    public TimeProvider Time => options.TimeProvider;

    public TimeSpan CallTimeout => options.CallTimeout;

    public ClientInstruments Instruments => instruments;

    /// <summary>A call that the service answers at once, or, with a wait, after that.</summary>
    public Task<T> CallAsync<T>(
        string operation,
        Func<CallOptions, AsyncUnaryCall<T>> start,
        CancellationToken cancellationToken,
        TimeSpan wait = default
    ) =>
        CallAsync(
            operation,
            async _ =>
            {
                using var call = start(await PrepareAsync(Time.GetUtcNow() + options.CallTimeout + wait, cancellationToken));
                return await call.ResponseAsync;
            },
            cancellationToken
        );

    /// <summary>A deletion. Where an earlier attempt broke off, it may have deleted what is not found any more.</summary>
    public Task DeleteAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> start, CancellationToken cancellationToken) =>
        CallAsync(
            "delete",
            async number =>
            {
                try
                {
                    using var call = start(await PrepareAsync(Time.GetUtcNow() + options.CallTimeout, cancellationToken));
                    await call.ResponseAsync;
                }
                catch (RpcException exception) when (number > 1 && exception.StatusCode == StatusCode.NotFound)
                {
                    // Deleted.
                }

                return true;
            },
            cancellationToken
        );

    /// <summary>Attempts something until it succeeds, fails for good, or has failed too often.</summary>
    public async Task<T> CallAsync<T>(string operation, Func<int, Task<T>> attempt, CancellationToken cancellationToken)
    {
        using var measured = instruments.Begin(operation);
        try
        {
            return await RepeatAsync(operation, attempt, cancellationToken);
        }
        catch (Exception exception)
        {
            measured.Fail(exception);
            throw;
        }
    }

    /// <summary>What one call needs.</summary>
    public async Task<CallOptions> PrepareAsync(DateTimeOffset? deadline, CancellationToken cancellationToken)
    {
        var token = options.TokenProvider is { } provider ? await provider(cancellationToken) : options.ApiKey;
        var headers = new Metadata();
        if (!string.IsNullOrEmpty(token))
            headers.Add("authorization", "Bearer " + token);
        return new CallOptions(headers, deadline?.UtcDateTime, cancellationToken);
    }

    /// <summary>Waits before the next attempt of something that failed.</summary>
    /// <exception cref="CodeInterpreterException">It is not attempted again.</exception>
    public async Task PauseAsync(
        string operation,
        CodeInterpreterException failure,
        int attempts,
        CancellationToken cancellationToken,
        DateTimeOffset? deadline = null
    )
    {
        if (_retries.DelayAfter(failure, attempts) is not { } delay || Time.GetUtcNow() + delay >= deadline)
            throw failure;
        instruments.Repeat(operation, failure.Reason);
        await Task.Delay(delay, Time, cancellationToken);
    }

    private async Task<T> RepeatAsync<T>(string operation, Func<int, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            CodeInterpreterException failure;
            try
            {
                return await attempt(number);
            }
            catch (RpcException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (RpcException exception)
            {
                failure = RpcFailures.Translate(exception);
            }
            catch (CodeInterpreterException exception) when (exception.IsTransient)
            {
                failure = exception;
            }

            await PauseAsync(operation, failure, number, cancellationToken);
        }
    }
}
