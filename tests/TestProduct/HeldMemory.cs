using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace CodeInterpreter.TestProduct;

/// <summary>
/// What a service holds in memory: all of it that is not managed, and those objects that are still in use. How much of what is managed is
/// resident says little, as that depends on when the collector ran last, and on what it keeps for objects to come.
/// </summary>
internal static class HeldMemory
{
    private const long GCHeapCollectKeyword = 0x80_0000;

    public static async Task<long> MeasureAsync(int processId, HttpClient service, CancellationToken cancellationToken)
    {
        await CollectAsync(processId, cancellationToken);
        var metrics = (await service.GetStringAsync("/metrics", cancellationToken)).Split('\n');
        var resident = new ResidentMemory(processId).Bytes;
        var managed = Sum(metrics, "dotnet_gc_last_collection_memory_committed_size_bytes");
        var free = Sum(metrics, "dotnet_gc_last_collection_heap_fragmentation_size_bytes");
        return resident - managed + Sum(metrics, "dotnet_gc_last_collection_heap_size_bytes") - free;
    }

    // The runtime does a full collection whenever such a session begins.
    private static async Task CollectAsync(int processId, CancellationToken cancellationToken)
    {
        var heap = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, GCHeapCollectKeyword);
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            heap,
            requestRundown: false,
            circularBufferMB: 1,
            cancellationToken
        );
        await session.StopAsync(cancellationToken);
    }

    private static long Sum(string[] metrics, string name)
    {
        var lines = metrics.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal)).ToList();
        return lines.Count > 0
            ? lines.Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The service does not tell {name}.");
    }
}
