using CodeInterpreter.FileStore.Tests.Hosting;
using Grpc.Health.V1;
using Microsoft.Data.Sqlite;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace CodeInterpreter.FileStore.Tests.Health;

public sealed class StorageHealthCheckTests
{
    [Fact]
    public async Task Readiness_WorkingStorage_IsServing()
    {
        await using var store = await RunningFileStore.StartAsync();

        (await ReadinessAsync(store)).ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task Readiness_FailingDisk_IsNotServingUntilItWorks()
    {
        await using var store = await RunningFileStore.StartAsync();
        var incoming = Path.Combine(store.DataDirectory, "incoming");

        // Taken away as it is: a check may just have a file there.
        Directory.Move(incoming, incoming + "-away");
        (await ReadinessAsync(store)).ShouldBe(ServingStatus.NotServing);
        Directory.Move(incoming + "-away", incoming);
        (await ReadinessAsync(store)).ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task Readiness_DatabaseThatTakesNoRecords_IsNotServingUntilItDoes()
    {
        await using var store = await RunningFileStore.StartAsync();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(store.DataDirectory, "metadata.db")}");
        await other.OpenAsync(TestContext.Current.CancellationToken);

        // Readers still get answers.
        await using (other.BeginTransaction(deferred: false))
        {
            (await store.Client.ListFilesAsync()).Files.ShouldBeEmpty();
            (await ReadinessAsync(store)).ShouldBe(ServingStatus.NotServing);
        }

        (await ReadinessAsync(store)).ShouldBe(ServingStatus.Serving);
    }

    private static async Task<ServingStatus> ReadinessAsync(RunningFileStore store)
    {
        var client = new global::Grpc.Health.V1.Health.HealthClient(store.Channel);
        return (await client.CheckAsync(new HealthCheckRequest())).Status;
    }
}
