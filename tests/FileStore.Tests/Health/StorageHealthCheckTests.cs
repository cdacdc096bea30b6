using CodeInterpreter.FileStore.Tests.Hosting;
using Grpc.Health.V1;
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

    private static async Task<ServingStatus> ReadinessAsync(RunningFileStore store)
    {
        var client = new global::Grpc.Health.V1.Health.HealthClient(store.Channel);
        return (await client.CheckAsync(new HealthCheckRequest())).Status;
    }
}
