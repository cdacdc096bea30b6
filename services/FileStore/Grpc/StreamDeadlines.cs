using CodeInterpreter.FileStore.Settings;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>
/// What ends a stream from this side: the other side's silence, and the host's stop. gRPC itself waits for ever in the
/// first case, and holds up the stop in the second.
/// </summary>
internal sealed class StreamDeadlines : IDisposable
{
    private readonly CancellationTokenSource _drained;
    private readonly CancellationTokenRegistration _stopping;
    private readonly TimeProvider _time;

    public StreamDeadlines(IHostApplicationLifetime lifetime, TimeProvider time, IOptions<FileStoreOptions> options)
    {
        _time = time;
        _drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = lifetime.ApplicationStopping.Register(() => _drained.CancelAfter(options.Value.DrainTimeout));
    }

    /// <summary>Begins to watch a stream whose other side may be silent for <paramref name="idleTimeout"/>.</summary>
    public StreamDeadline Watch(TimeSpan idleTimeout, CancellationToken callerGone) => new(idleTimeout, _time, _drained.Token, callerGone);

    public void Dispose()
    {
        _stopping.Dispose();
        _drained.Dispose();
    }
}
