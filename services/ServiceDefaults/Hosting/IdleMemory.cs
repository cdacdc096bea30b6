using System.Runtime;
using Microsoft.Extensions.Hosting;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// Gives memory back to the machine: what the start has left behind, and what a busy time has needed once it is over. A service with little
/// to do would keep it for good, as it never gets to the point where the collector runs by itself.
/// </summary>
internal sealed class IdleMemory(TimeProvider time, Func<long> allocatedBytes, Action collect) : BackgroundService
{
    /// <summary>Who allocates more between two looks is busy; who allocates less has time for a collection.</summary>
    public const long BusyBytes = 64L * 1024 * 1024;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Pools let go of what nobody has rented for a minute or two, a part with each collection.
    private const int Rounds = 4;

    private long _allocated = allocatedBytes();
    private int _rounds;

    public IdleMemory(TimeProvider time)
        : this(time, () => GC.GetTotalAllocatedBytes(), Collect) { }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Settled, time, stoppingToken);
        collect();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    internal void Look()
    {
        var before = _allocated;
        _allocated = allocatedBytes();
        if (_allocated - before > BusyBytes)
        {
            _rounds = Rounds;
        }
        else if (_rounds > 0)
        {
            _rounds--;
            collect();
        }
    }

    private static void Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
