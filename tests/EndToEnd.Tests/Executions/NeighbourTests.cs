using System.Globalization;
using CodeInterpreter.EndToEnd.Tests.Cluster;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>Shares of the slots where all services are one process, and the bus is its memory.</summary>
public sealed class NeighbourTests
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task SleepingCode_OfAnotherUser_DelaysNoCallerAndDeferredExecutionsRunInOrder()
    {
        await using var product = await StandaloneProcess.StartAsync(
            StandaloneProcess.NewDataDirectory(),
            ("Runner:Slots", "2"),
            ("Pool:Bare", "2"),
            ("Pool:Data", "0")
        );
        var sleeping = await product.Http.SubmitAsync(new { user_id = _user, code = "input()" }, "interactive");
        await using var running = await EventStream.FollowAsync(product.Http, _user, sleeping);
        await running.UntilAsync("started");
        var waiting = new List<string>();
        for (var i = 0; i < 3; i++)
            waiting.Add(await product.Http.SubmitAsync(new { user_id = _user, code = "import time\nprint(time.time_ns())" }));

        (await product.ExecuteAsync(StandaloneFixture.NewUser(), "print(1)")).Text("output").ShouldBe("1\n");

        var listed = await product.Http.ListExecutionsAsync(_user);
        listed.Select(execution => execution.Text("status")).ShouldBe(["Queued", "Queued", "Queued", "Running"]);
        await product.Http.FeedAsync(_user, sleeping, "\n");
        var began = new List<long>();
        foreach (var id in waiting)
            began.Add(long.Parse((await product.Http.WaitAsync(_user, id)).Text("output"), CultureInfo.InvariantCulture));
        began.ShouldBe(began.Order());
        (await product.StopAsync()).ShouldBe(0);
    }
}
