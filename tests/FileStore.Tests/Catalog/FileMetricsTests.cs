using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.FileStore.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CodeInterpreter.FileStore.Tests.Catalog;

public sealed class FileMetricsTests
{
    [Fact]
    public async Task Metrics_FileStoredAndDeleted_CountItAndItsBytes()
    {
        await using var store = await RunningFileStore.StartAsync();
        using var stored = Collect(store, "files.stored");
        using var received = Collect(store, "received");
        using var sent = Collect(store, "sent");
        using var deleted = Collect(store, "files.deleted");

        var file = await store.Client.UploadAsync("secret", new byte[100_000]);
        await store.Client.DownloadAsync(file.FileId, offset: 1);
        await store.Client.DeleteFileAsync(file.FileId);

        stored.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags.ShouldBe([new("source", "uploaded")]);
        received.GetMeasurementSnapshot().Sum(count => count.Value).ShouldBe(100_000);
        sent.GetMeasurementSnapshot().Sum(count => count.Value).ShouldBe(99_999);
        deleted.GetMeasurementSnapshot().ShouldHaveSingleItem().Value.ShouldBe(1);
    }

    private static MetricCollector<long> Collect(RunningFileStore store, string instrument) =>
        new(store.Services.GetRequiredService<IMeterFactory>(), FileStoreTelemetry.Name, "code_interpreter.file_store." + instrument);
}
