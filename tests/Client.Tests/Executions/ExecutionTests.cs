namespace CodeInterpreter.Client.Tests.Executions;

/// <summary>Streams, input, and executions that are asked for later.</summary>
public sealed class ExecutionTests(ProductFixture product)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_HasAllEventsInOrder()
    {
        using var client = product.NewClient();

        var events = new List<ExecutionEvent>();
        await foreach (var happened in client.StreamAsync("import sys\nprint(1)\nprint(2, file=sys.stderr)\nopen('a.txt', 'w')", Token))
            events.Add(happened);

        events
            .Where(happened => happened is not ExecutionEvent.Queued)
            .Select(happened => happened.GetType().Name)
            .ShouldBe(["Accepted", "Started", "Stdout", "Stderr", "File", "Finished"], ignoreOrder: true);
        events[0].ShouldBeOfType<ExecutionEvent.Accepted>().AcceptedAt.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        events.OfType<ExecutionEvent.Stderr>().Single().Text.ShouldBe("2\n");
        events[^1].ShouldBeOfType<ExecutionEvent.Finished>().Result.Success.ShouldBeTrue();
    }

    [Fact]
    public async Task Execution_CanBeSubmittedWaitedForFollowedListedAndDeleted()
    {
        using var client = product.NewClient();

        var submitted = await client.SubmitAsync("print('x')\nopen('a.txt', 'w').write('kept')", Token);
        var result = await client.Executions.WaitAsync(submitted.ExecutionId, includeData: true, Token);
        var execution = await client.Executions.GetAsync(submitted.ExecutionId, cancellationToken: Token);
        var followed = new List<ExecutionEvent>();
        await foreach (var happened in client.Executions.FollowAsync(submitted.ExecutionId, afterSequence: 2, Token))
            followed.Add(happened);
        var listed = new List<Execution>();
        await foreach (var one in client.Executions.ListAsync(Token))
            listed.Add(one);
        var usage = await client.Executions.GetUsageAsync(Token);
        await client.Executions.DeleteAsync(submitted.ExecutionId, Token);

        submitted.Result.ShouldBeNull();
        result.FindFile("a.txt").ShouldNotBeNull().Data.ShouldNotBeNull().ToArray().ShouldBe("kept"u8.ToArray());
        (execution.Status, execution.Result.ShouldNotBeNull().Output).ShouldBe((ExecutionStatus.Finished, "x\n"));
        execution.FinishedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(execution.StartedAt.ShouldNotBeNull());
        followed[0].ShouldBeOfType<ExecutionEvent.Stdout>();
        listed.Select(one => one.ExecutionId).ShouldBe([submitted.ExecutionId]);
        (usage.Executions, usage.MaxBytes).ShouldBe((1, 1L << 30));
        await ShouldBeUnknownAsync(() => client.Executions.GetAsync(submitted.ExecutionId, cancellationToken: Token));
        await ShouldBeUnknownAsync(() => client.Executions.DeleteAsync(submitted.ExecutionId, Token));
    }

    [Fact]
    public async Task List_HasAllPages()
    {
        using var client = product.NewClient();
        for (var i = 0; i < 101; i++)
            await client.SubmitAsync(new ExecutionRequest("") { IdempotencyKey = $"{i}" }, Token);

        var ids = new HashSet<string>();
        await foreach (var execution in client.Executions.ListAsync(Token))
        {
            ids.Add(execution.ExecutionId);
            await client.Executions.CancelAsync(execution.ExecutionId, Token);
        }

        ids.Count.ShouldBe(101);
    }

    [Fact]
    public async Task Delete_RunningExecution_IsRefused()
    {
        using var client = product.NewClient();
        var execution = await client.SubmitAsync("import time; time.sleep(60)", Token);

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() => client.Executions.DeleteAsync(execution.ExecutionId, Token));
        await client.Executions.CancelAsync(execution.ExecutionId, Token);

        (failure.Reason, failure.ExecutionId).ShouldBe((ErrorReasons.StillRunning, execution.ExecutionId));
    }

    [Fact]
    public async Task InteractiveCode_ReadsInputAndPrintsInBetween()
    {
        using var client = product.NewClient();
        await using var execution = await client.StartInteractiveAsync("while True: print(int(input()) ** 2, flush=True)", Token);

        var said = new List<string>();
        await execution.WriteLineAsync("7", Token);
        ExecutionResult? result = null;
        await foreach (var happened in execution.ReadEventsAsync(Token))
        {
            if (happened is ExecutionEvent.Stdout output)
            {
                said.Add(output.Text);
                if (said.Count == 1)
                    await execution.WriteAsync("12\n", Token);
                else
                    await execution.CloseInputAsync();
            }

            result = (happened as ExecutionEvent.Finished)?.Result;
        }

        said.ShouldBe(["49\n", "144\n"]);
        result.ShouldNotBeNull().Exception.ShouldNotBeNull().Type.ShouldBe("EOFError");
        execution.ExecutionId.ShouldBe(result.ExecutionId);
        (await Should.ThrowAsync<CodeInterpreterException>(() => execution.WriteLineAsync("1", Token))).Reason.ShouldBe(
            ErrorReasons.NotRunning
        );
    }

    [Fact]
    public async Task InteractiveCode_LongInput_ArrivesComplete()
    {
        using var client = product.NewClient();
        await using var execution = await client.StartInteractiveAsync(
            "import sys; print(hash(sys.stdin.read()) == hash('𝄞é' * 100_000))",
            Token
        );

        await execution.WriteAsync(string.Concat(Enumerable.Repeat("𝄞é", 100_000)), Token);
        await execution.CloseInputAsync();

        (await execution.WaitAsync(Token)).Output.ShouldBe("True\n");
    }

    [Fact]
    public async Task InteractiveCode_InvalidRequest_IsRefusedAtOnce()
    {
        using var client = product.NewClient();

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.StartInteractiveAsync(new ExecutionRequest("1") { Language = "cobol" }, Token)
        );

        failure.Violations.Select(violation => violation.Field).ShouldBe(["language"]);
    }

    private static async Task ShouldBeUnknownAsync(Func<Task> call) =>
        (await Should.ThrowAsync<CodeInterpreterException>(call)).Reason.ShouldBe(ErrorReasons.NotFound);
}
