using CodeInterpreter.EndToEnd.Tests.Cluster;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

public sealed class CancelTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Cancel_ProcessesThatIgnoreSignals_AreKilledAndOutputAndFilesRemain()
    {
        var marker = new Marker();
        var executionId = await product.Http.SubmitAsync(
            new
            {
                user_id = _user,
                code = $"""
                import os, signal, time
                for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
                open('part.txt', 'w').write('kept')
                print('before')
                for _ in range(4):
                    if os.fork() == 0:
                        os.setsid()
                        if os.fork() == 0: os.setsid()
                        os.fork()
                        break
                else:
                    {marker.Start}
                while True: time.sleep(1)
                """,
            }
        );
        var container = await marker.ContainerAsync(product.RunnerId);

        await product.Http.CancelAsync(_user, executionId);

        var result = await product.Http.WaitAsync(_user, executionId);
        (result.Text("outcome"), result.Text("killed_by"), result.Text("output")).ShouldBe(("Cancelled", "Cancellation", "before\n"));
        result.FileNames().ShouldBe(["part.txt"]);
        await Marker.GoneAsync(product.RunnerId, container);
    }

    [Fact]
    public async Task Cancel_QueuedExecution_NeverStarts()
    {
        await using var busy = await StandaloneProcess.StartAsync(
            StandaloneProcess.NewDataDirectory(),
            ("Runner:Slots", "1"),
            ("Pool:Bare", "1"),
            ("Pool:Data", "0")
        );
        var first = await busy.Http.SubmitAsync(new { user_id = _user, code = "input()" }, "interactive");
        await using var running = await EventStream.FollowAsync(busy.Http, _user, first);
        await running.UntilAsync("started");
        var second = await busy.Http.SubmitAsync(new { user_id = _user, code = "print('ran')\nopen('ran.txt', 'w').close()" });
        await using var waiting = await EventStream.FollowAsync(busy.Http, _user, second);
        await waiting.UntilAsync("queued");

        await busy.Http.CancelAsync(_user, second);

        (await waiting.ResultAsync()).Text("outcome").ShouldBe("Cancelled");
        await busy.Http.FeedAsync(_user, first, "\n");
        (await busy.ExecuteAsync(_user, "print('third')")).Text("output").ShouldBe("third\n");
        // One slot: whoever came before the third has had its turn.
        await using var again = await EventStream.FollowAsync(busy.Http, _user, second);
        (await again.ResultAsync()).Text("outcome").ShouldBe("Cancelled");
        again.Numbered.Select(told => told.Type).ShouldBe(["accepted", "finished"]);
        (await busy.Http.ListFilesAsync(_user)).ShouldBeEmpty();
        var listed = (await busy.Http.ListExecutionsAsync(_user)).Single(one => one.Text("execution_id") == second);
        listed["started_at"].ShouldBeNull();
        (await busy.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_CodeThatDoesNotReadItsInput_IsStopped()
    {
        var marker = new Marker();
        var executionId = await product.Http.SubmitAsync(
            new { user_id = _user, code = $"import time\nprint('deaf')\n{marker.Start}\nwhile True: time.sleep(1)" },
            "interactive"
        );
        var container = await marker.ContainerAsync(product.RunnerId);
        var text = new string('x', 64 * 1024);
        for (var i = 0; i < 48; i++)
            await product.Http.FeedAsync(_user, executionId, text);

        await product.Http.CancelAsync(_user, executionId);

        var result = await product.Http.WaitAsync(_user, executionId);
        (result.Text("outcome"), result.Text("output")).ShouldBe(("Cancelled", "deaf\n"));
        await Marker.GoneAsync(product.RunnerId, container);
        // Its unread input holds up nobody else's.
        await using var next = await EventStream.FollowAsync(
            product.Http,
            _user,
            await product.Http.SubmitAsync(new { user_id = _user, code = "print(input())" }, "interactive")
        );
        await next.UntilAsync("started");
        await product.Http.FeedAsync(_user, next.ExecutionId, "hello\n");
        (await next.ResultAsync()).Text("output").ShouldBe("hello\n");
    }

    [Fact]
    public async Task Cancel_FinishedExecution_ChangesNothing()
    {
        var result = await product.ExecuteAsync(_user, "print('done')");

        await product.Http.CancelAsync(_user, result.Text("execution_id"));

        (await product.Http.WaitAsync(_user, result.Text("execution_id"))).Text("outcome").ShouldBe("Succeeded");
    }
}
