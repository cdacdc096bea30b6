using System.Runtime.CompilerServices;
using CodeInterpreter.Execution.V1;
using Grpc.Core;
using V1Event = CodeInterpreter.Execution.V1.ExecutionEvent;

namespace CodeInterpreter.Client;

/// <summary>
/// Code that reads standard input while it runs. It ends with its connection: disposing this before the code has ended, or a connection
/// that
/// breaks, cancels the execution.
/// </summary>
public sealed class InteractiveExecution : IAsyncDisposable
{
    // The service takes 64 KiB of UTF-8 at once; a UTF-16 unit becomes at most three bytes.
    private const int MostLetters = 64 * 1024 / 3;

    private const string Operation = "interact";

    private readonly Connection _connection;
    private readonly AsyncDuplexStreamingCall<InteractiveRequest, V1Event> _call;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly EventReader _reader = new();
    private ExecutionEvent? _first;

    internal InteractiveExecution(Connection connection, AsyncDuplexStreamingCall<InteractiveRequest, V1Event> call) =>
        (_connection, _call) = (connection, call);

    /// <summary>The execution's id.</summary>
    public string ExecutionId => _reader.ExecutionId ?? "";

    /// <summary>Sends a request and waits until it is accepted.</summary>
    internal static async Task<InteractiveExecution> StartAsync(
        Connection connection,
        ExecuteRequest request,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    )
    {
        for (var attempts = 1; ; attempts++)
        {
            var deadline = timeout is { } limit ? connection.Time.GetUtcNow() + limit : (DateTimeOffset?)null;
            var call = connection.Wire.Executions.ExecuteInteractive(await connection.PrepareAsync(deadline, cancellationToken));
            var execution = new InteractiveExecution(connection, call);
            try
            {
                await execution.BeginAsync(request, cancellationToken);
                return execution;
            }
            catch (Exception exception)
            {
                await execution.DisposeAsync();
                // Without a delay nobody knows whether the code has started.
                if (exception is not CodeInterpreterException { RetryDelay: not null } refusal)
                    throw;
                await connection.PauseAsync(Operation, refusal, attempts, cancellationToken);
            }
        }
    }

    private async Task BeginAsync(ExecuteRequest request, CancellationToken cancellationToken)
    {
        await SendAsync(new InteractiveRequest { Start = request }, cancellationToken);
        // Where the request is refused, its status says why.
        if (await MoveAsync(cancellationToken))
            _first = _reader.Read(_call.ResponseStream.Current);
    }

    /// <summary>Returns what happens in the execution, once. The last event is <see cref="ExecutionEvent.Finished"/>.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="CodeInterpreterException">The connection broke, which cancels the execution, or input was refused.</exception>
    public async IAsyncEnumerable<ExecutionEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _first, null) is { } first)
            yield return first;
        while (await MoveAsync(cancellationToken))
        {
            if (_reader.Read(_call.ResponseStream.Current) is not { } known)
                continue;
            if (known is ExecutionEvent.Finished finished)
                _connection.Instruments.Finished(finished.Result);
            yield return known;
        }
    }

    /// <summary>Reads all remaining events and returns the result.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CodeInterpreterException">The connection broke, which cancels the execution, or input was refused.</exception>
    public async Task<ExecutionResult> WaitAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var happened in ReadEventsAsync(cancellationToken))
        {
            if (happened is ExecutionEvent.Finished finished)
                return finished.Result;
        }

        throw new CodeInterpreterException(ErrorReasons.Unavailable, "The stream ended before the execution.")
        {
            ExecutionId = ExecutionId,
        };
    }

    /// <summary>Sends input. Input that is sent before the code runs waits for it. Several callers may write at the same time.</summary>
    /// <param name="text">What the code reads next; add <c>\n</c> to end a line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotRunning"/>: the code has ended.</exception>
    public async Task WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var start = 0; start < text.Length; )
        {
            var length = Math.Min(MostLetters, text.Length - start);
            if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
                length--;
            await SendAsync(new InteractiveRequest { Input = text.Substring(start, length) }, cancellationToken);
            start += length;
        }
    }

    /// <summary>Sends a line of input.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CodeInterpreterException"><see cref="ErrorReasons.NotRunning"/>: the code has ended.</exception>
    public Task WriteLineAsync(string line, CancellationToken cancellationToken = default) => WriteAsync(line + "\n", cancellationToken);

    /// <summary>Closes the input: code that reads on gets the end of the file.</summary>
    public async Task CloseInputAsync()
    {
        try
        {
            await _call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The code has ended.
        }
    }

    /// <summary>Cancels the execution unless it has ended.</summary>
    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(InteractiveRequest message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _call.RequestStream.WriteAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (message.PartCase == InteractiveRequest.PartOneofCase.Input)
            {
                throw new CodeInterpreterException(ErrorReasons.NotRunning, "The code has ended, so it accepts no input.", exception)
                {
                    ExecutionId = ExecutionId,
                };
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<bool> MoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _call.ResponseStream.MoveNext(cancellationToken);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            throw RpcFailures.Translate(exception, _reader.ExecutionId);
        }
    }
}
