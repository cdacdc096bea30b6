namespace CodeInterpreter.Client.Tests.Executions;

/// <summary>What callers notice of connections that break: nothing but time.</summary>
public sealed class BrokenConnectionTests(ProductFixture product)
{
    // Prints a line, waits for longer than the connection lives, and prints another one.
    private const string Slow =
        "import time\nprint('one', flush=True)\ntime.sleep(1)\nprint('two', flush=True)\nopen('a.txt', 'w').write('kept')";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ConnectionBreaks_ContinuesAfterTheLastEvent()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);

        var events = new List<ExecutionEvent>();
        await foreach (var happened in client.StreamAsync(Slow, Token))
        {
            events.Add(happened);
            if (happened is ExecutionEvent.Stdout { Text: "one\n" })
                proxy.Cut();
        }

        proxy.Connections.ShouldBe(2);
        string.Concat(events.OfType<ExecutionEvent.Stdout>().Select(output => output.Text)).ShouldBe("one\ntwo\n");
        events.OfType<ExecutionEvent.File>().Select(file => file.Stored.Filename).ShouldBe(["a.txt"]);
        events.OfType<ExecutionEvent.Started>().Single().Again.ShouldBeFalse();
        events[^1].ShouldBeOfType<ExecutionEvent.Finished>().Result.Output.ShouldBe("one\ntwo\n");
        var sequences = events.Select(happened => happened.Sequence).Where(sequence => sequence > 0).ToList();
        sequences.ShouldBe(sequences.Distinct().Order());
        events.Select(happened => happened.ExecutionId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Stream_ThatContinued_HasTheContentOfFiles()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);

        ExecutionResult? result = null;
        await foreach (var happened in client.StreamAsync(new ExecutionRequest(Slow) { IncludeData = true }, Token))
        {
            if (happened is ExecutionEvent.Stdout { Text: "one\n" })
                proxy.Cut();
            result = (happened as ExecutionEvent.Finished)?.Result;
        }

        result.ShouldNotBeNull().FindFile("a.txt").ShouldNotBeNull().Data.ShouldNotBeNull().ToArray().ShouldBe("kept"u8.ToArray());
    }

    [Fact]
    public async Task Run_ConnectionBreaks_ContinuesAndTheCodeRunsOnce()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);
        using var direct = new CodeInterpreterClient(product.Address.ToString(), client.UserId!);

        var running = client.RunAsync(Slow, Token);
        await Eventually.TrueAsync(async () => (await ListAsync(direct)).Any(execution => execution.Status == ExecutionStatus.Running));
        proxy.Cut();
        var result = await running;

        result.Output.ShouldBe("one\ntwo\n");
        proxy.Connections.ShouldBe(2);
        (await ListAsync(direct)).Select(execution => execution.ExecutionId).ShouldBe([result.ExecutionId]);
    }

    [Fact]
    public async Task Call_ServiceUnavailableBriefly_IsRetried()
    {
        await using var proxy = new TcpProxy(product.Address) { Refuses = true };
        using var client = ProductFixture.NewClient(proxy);

        var running = client.RunAsync("print(1)", Token);
        await Eventually.TrueAsync(() => Task.FromResult(proxy.Connections > 0));
        proxy.Refuses = false;

        (await running).Output.ShouldBe("1\n");
        (await ListAsync(client)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_ServiceStaysUnavailable_IsAnError()
    {
        await using var proxy = new TcpProxy(product.Address) { Refuses = true };
        var attempts = 0;
        using var client = ProductFixture.NewClient(
            proxy,
            options =>
            {
                options.Retry.MaxAttempts = 3;
                options.TokenProvider = _ => ValueTask.FromResult($"{++attempts}");
            }
        );

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() => client.RunAsync("print(1)", Token));

        (failure.Reason, failure.IsTransient).ShouldBe((ErrorReasons.Unavailable, true));
        attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Wait_ConnectionBreaks_Continues()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);
        var execution = await client.SubmitAsync(Slow, Token);

        var waiting = client.Executions.WaitAsync(execution.ExecutionId, cancellationToken: Token);
        proxy.Cut();

        (await waiting).Output.ShouldBe("one\ntwo\n");
    }

    [Fact]
    public async Task InteractiveExecution_ConnectionBreaks_Ends()
    {
        await using var proxy = new TcpProxy(product.Address);
        using var client = ProductFixture.NewClient(proxy);
        await using var execution = await client.StartInteractiveAsync("print(input())", Token);

        proxy.Cut();
        var failure = await Should.ThrowAsync<CodeInterpreterException>(() => execution.WaitAsync(Token));

        (failure.Reason, failure.ExecutionId).ShouldBe((ErrorReasons.Unavailable, execution.ExecutionId));
        await UntilCancelledAsync(client, execution.ExecutionId);
    }

    // Without waiting in the service: an execution that somebody waits for is not cancelled.
    private static Task UntilCancelledAsync(CodeInterpreterClient client, string executionId) =>
        Eventually.TrueAsync(async () =>
            (await client.Executions.GetAsync(executionId, cancellationToken: Token)).Result?.Outcome == Outcome.Cancelled
        );

    private static async Task<List<Execution>> ListAsync(CodeInterpreterClient client)
    {
        var executions = new List<Execution>();
        await foreach (var execution in client.Executions.ListAsync(Token))
            executions.Add(execution);
        return executions;
    }
}
