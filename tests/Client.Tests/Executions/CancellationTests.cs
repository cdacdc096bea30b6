namespace CodeInterpreter.Client.Tests.Executions;

/// <summary>What happens to an execution whose caller gives up.</summary>
public sealed class CancellationTests(ProductFixture product)
{
    private const string Endless = "import time\nprint('on', flush=True)\ntime.sleep(60)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Cancelled_CancelsItsExecution()
    {
        using var client = product.NewClient();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = client.RunAsync(Endless, cancelled.Token);
        var id = await UntilRunningAsync(client);
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await client.Executions.WaitAsync(id, cancellationToken: Token)).Outcome.ShouldBe(Outcome.Cancelled);
    }

    [Fact]
    public async Task Run_WithAKeyCancelled_LeavesItsExecution()
    {
        using var client = product.NewClient();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = new ExecutionRequest("import time; time.sleep(1); print('done')") { IdempotencyKey = "mine" };

        var running = client.RunAsync(request, cancelled.Token);
        await UntilRunningAsync(client);
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await client.RunAsync(request, Token)).Output.ShouldBe("done\n");
    }

    [Fact]
    public async Task Run_TimesOut_IsAnErrorWithItsIdAndTheExecutionContinues()
    {
        using var client = product.NewClient();
        var request = new ExecutionRequest("import time; time.sleep(5); print('done')") { Timeout = TimeSpan.FromSeconds(3) };

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() => client.RunAsync(request, Token));

        failure.Reason.ShouldBe(ErrorReasons.DeadlineExceeded);
        (await client.Executions.WaitAsync(failure.ExecutionId.ShouldNotBeNull(), cancellationToken: Token)).Output.ShouldBe("done\n");
    }

    [Fact]
    public async Task Stream_ReaderStops_LeavesTheExecutionWhichCanBeCancelled()
    {
        using var client = product.NewClient();

        var id = "";
        await foreach (var happened in client.StreamAsync(Endless, Token))
        {
            id = happened.ExecutionId;
            if (happened is ExecutionEvent.Stdout)
                break;
        }

        (await client.Executions.GetAsync(id, cancellationToken: Token)).Status.ShouldBe(ExecutionStatus.Running);
        await client.Executions.CancelAsync(id, Token);
        var result = await client.Executions.WaitAsync(id, cancellationToken: Token);
        (result.Outcome, result.KilledBy, result.Output).ShouldBe((Outcome.Cancelled, KilledBy.Cancellation, "on\n"));
    }

    [Fact]
    public async Task Stream_TokenCancelled_Ends()
    {
        using var client = product.NewClient();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var id = "";

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in client.StreamAsync(Endless, cancelled.Token))
            {
                id = happened.ExecutionId;
                if (happened is ExecutionEvent.Stdout)
                    await cancelled.CancelAsync();
            }
        });

        await client.Executions.CancelAsync(id, Token);
    }

    [Fact]
    public async Task InteractiveExecution_Disposed_IsCancelled()
    {
        using var client = product.NewClient();
        string id;
        await using (var execution = await client.StartInteractiveAsync("input()", Token))
            id = execution.ExecutionId;

        // Without waiting in the service: an execution that somebody waits for is not cancelled.
        await Eventually.TrueAsync(async () =>
            (await client.Executions.GetAsync(id, cancellationToken: Token)).Result?.Outcome == Outcome.Cancelled
        );
    }

    private static async Task<string> UntilRunningAsync(CodeInterpreterClient client)
    {
        var id = "";
        await Eventually.TrueAsync(async () =>
        {
            await foreach (var execution in client.Executions.ListAsync(Token))
                id = execution.Status == ExecutionStatus.Running ? execution.ExecutionId : "";
            return id.Length > 0;
        });
        return id;
    }
}
