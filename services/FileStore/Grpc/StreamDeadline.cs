using CodeInterpreter.FileStore.Files;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>Watches over the steps of one stream.</summary>
internal sealed class StreamDeadline : IDisposable
{
    private readonly TimeSpan _idleTimeout;
    private readonly CancellationToken _drained;
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _any;

    public StreamDeadline(TimeSpan idleTimeout, TimeProvider time, CancellationToken drained, CancellationToken callerGone)
    {
        _idleTimeout = idleTimeout;
        _drained = drained;
        _idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(_idle.Token, drained, callerGone);
    }

    /// <summary>Waits for the other side once; throws the reason why it stops waiting.</summary>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> step)
    {
        _idle.CancelAfter(_idleTimeout);
        try
        {
            return await step(_any.Token);
        }
        catch (Exception exception) when (IsEndOfStream(exception) && _drained.IsCancellationRequested)
        {
            throw new FileStoreException(FileError.Stopping, "The file store is stopping; try again.", exception);
        }
        catch (Exception exception) when (IsEndOfStream(exception) && _idle.IsCancellationRequested)
        {
            throw new FileStoreException(FileError.Stalled, $"The stream stood still for {_idleTimeout.TotalSeconds} seconds.", exception);
        }
        catch (IOException exception)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller disconnected.", exception));
        }
        finally
        {
            _idle.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _any.Dispose();
        _idle.Dispose();
    }

    // gRPC reports a cancelled read or write in either of these ways.
    private static bool IsEndOfStream(Exception exception) =>
        exception is OperationCanceledException or IOException or RpcException { StatusCode: StatusCode.Cancelled };
}
