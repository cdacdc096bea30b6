using System.Runtime;
using Microsoft.Extensions.Hosting;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// Gives back, once a service has settled, what its start has left behind: a service with little to do would keep it for good, as it
/// never gets to the point where the collector runs by itself.
/// </summary>
internal sealed class StartupMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Settled, time, stoppingToken);
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
