using System.Diagnostics.Metrics;
using CodeInterpreter.FileStore.Blobs;
using CodeInterpreter.FileStore.Expiry;
using CodeInterpreter.FileStore.Metadata;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.FileStore.Telemetry;
using CodeInterpreter.FileStore.Tests.Catalog;
using CodeInterpreter.FileStore.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.FileStore.Tests.Expiry;

public sealed class SweepScheduleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_DatabaseFails_IsSweptAgainBeforeTheNextInterval(bool isUnforeseen)
    {
        using var directory = new TemporaryDirectory();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var options = Options.Create(new FileStoreOptions { DataDirectory = directory.Path });
        var expiry = Options.Create(new ExpiryOptions());
        var time = new FakeTimeProvider(TestFiles.Noon);
        await using var database = new SqliteFileMetadata(options);
        await database.InitializeAsync(Token);
        var metadata = isUnforeseen
            ? new UnreliableMetadata(database) { IsAway = true, Failure = () => new NotSupportedException("unforeseen") }
            : new UnreliableMetadata(database) { IsAway = true };
        var blobs = new DiskBlobStore(options);
        await blobs.InitializeAsync(Token);
        var instruments = new SweepInstruments(meters);
        using var swept = Collect(meters, "sweeps");
        using var failed = Collect(meters, "sweeps.failed");
        using var schedule = new SweepSchedule(
            Sweepers.Create(metadata, blobs, instruments, time, expiry.Value),
            instruments,
            time,
            expiry,
            NullLogger<SweepSchedule>.Instance
        );

        await schedule.StartAsync(Token);
        await Eventually.TrueAsync(() => failed.GetMeasurementSnapshot().Count > 0);
        metadata.IsAway = false;
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return swept.GetMeasurementSnapshot().Count > 0;
        });

        (time.GetUtcNow() - TestFiles.Noon).ShouldBeLessThan(TimeSpan.FromMinutes(30));
        await schedule.StopAsync(Token);
    }

    private static MetricCollector<long> Collect(IMeterFactory meters, string instrument) =>
        new(meters, FileStoreTelemetry.Name, "code_interpreter.file_store." + instrument);
}
