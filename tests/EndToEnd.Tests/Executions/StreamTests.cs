using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>What a program prints is there while it still runs.</summary>
public sealed class StreamTests(StandaloneFixture product)
{
    private const string Endless = "import time\nprint('first')\nwhile True: time.sleep(0.1)";

    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_EachLine_ArrivesBeforeTheNextIsPrinted()
    {
        var executionId = await product.Http.SubmitAsync(
            new
            {
                user_id = _user,
                code = """
                import sys
                for i in range(3):
                    print('line', i)
                    input()
                    print('warning', i, file=sys.stderr)
                    input()
                open('out.txt', 'w').write('x')
                """,
            },
            "interactive"
        );
        await using var events = await EventStream.FollowAsync(product.Http, _user, executionId);

        for (var i = 0; i < 3; i++)
        {
            await events.UntilPrintedAsync("stdout", $"line {i}\n");
            await product.Http.FeedAsync(_user, executionId, "\n");
            await events.UntilPrintedAsync("stderr", $"warning {i}\n");
            await product.Http.FeedAsync(_user, executionId, "\n");
        }

        var result = await events.ResultAsync();
        result.Text("outcome").ShouldBe("Succeeded");
        events
            .Numbered.Select(told => told.Type)
            .ShouldBe(["accepted", "started", "stdout", "stderr", "stdout", "stderr", "stdout", "stderr", "file", "finished"]);
        events.Numbered.Select(told => told.Sequence).ShouldBe(Enumerable.Range(1, 10).Select(i => (long)i));
        events.Seen.ShouldAllBe(told => told.Id == (told.Sequence == 0 ? null : $"{told.Sequence}"));
        var file = events.Seen.Single(told => told.Type == "file").Data["file"]!.AsObject();
        (file.Text("filename"), file.Text("file_id")).ShouldBe(("out.txt", result.Text("generated_file_ids", 0)));
    }

    [Fact]
    public async Task Stream_LimitWithinACharacter_LeavesTheCharacterOut()
    {
        await using var events = await EventStream.PostAsync(
            product.Http,
            new
            {
                user_id = _user,
                code = "print('äöü')",
                limits = new { output_bytes = 3 },
            }
        );

        await events.ResultAsync();

        string.Concat(events.Seen.Where(told => told.Type == "stdout").Select(told => told.Text)).ShouldBe("ä");
    }

    [Fact]
    public async Task ExecuteStream_OverHttp_HasOutputOfAProgramThatNeverEnds()
    {
        await using var events = await EventStream.PostAsync(product.Http, new { user_id = _user, code = Endless });

        await events.UntilPrintedAsync("stdout", "first\n");
        await product.Http.CancelAsync(_user, events.ExecutionId);

        (await events.ResultAsync()).Text("outcome").ShouldBe("Cancelled");
    }

    [Fact]
    public async Task ExecuteStream_OverGrpc_HasOutputOfAProgramThatNeverEnds()
    {
        var executions = new ExecutionService.ExecutionServiceClient(product.Grpc);
        using var call = executions.ExecuteStream(new ExecuteRequest { UserId = _user, Code = Endless }, cancellationToken: Token);

        var last = ExecutionEvent.EventOneofCase.None;
        await foreach (var told in call.ResponseStream.ReadAllAsync(Token))
        {
            last = told.EventCase;
            if (told.Stdout == "first\n")
            {
                await executions.CancelAsync(
                    new CancelExecutionRequest { UserId = _user, ExecutionId = told.ExecutionId },
                    cancellationToken: Token
                );
            }
        }

        last.ShouldBe(ExecutionEvent.EventOneofCase.Finished);
    }

    [Fact]
    public async Task Stream_Disconnected_ExecutionContinuesAndCanBeFollowed()
    {
        string executionId;
        await using (
            var events = await EventStream.PostAsync(
                product.Http,
                new { user_id = _user, code = "import time\nprint('a')\ntime.sleep(1)\nprint('b')" }
            )
        )
        {
            await events.UntilPrintedAsync("stdout", "a\n");
            executionId = events.ExecutionId;
        }

        await using var followed = await EventStream.FollowAsync(product.Http, _user, executionId);

        (await followed.ResultAsync()).Text("output").ShouldBe("a\nb\n");
        followed.Printed("stdout").ShouldBe("a\nb\n");
    }

    [Fact]
    public async Task Stream_FloodOfOutput_HasWhatIsKept()
    {
        await using var events = await EventStream.PostAsync(
            product.Http,
            new
            {
                user_id = _user,
                code = "for i in range(20000): print('größe', i)",
                limits = new { output_bytes = 100_000 },
            }
        );

        var result = await events.ResultAsync();

        var told = events.Printed("stdout");
        System.Text.Encoding.UTF8.GetByteCount(told).ShouldBeInRange(100_000 - 3, 100_000);
        told.ShouldStartWith(result.Text("output"));
        events.Seen.Count(one => one.Type == "stdout").ShouldBeLessThan(2000, "lines in quick succession come together");
    }

    [Fact]
    public async Task Follow_FinishedExecution_HasItsEventsFromAnySequence()
    {
        await using var events = await EventStream.PostAsync(
            product.Http,
            new { user_id = _user, code = "print('once')\nopen('a.txt', 'w').close()" }
        );
        await events.ResultAsync();

        foreach (var after in events.Numbered.Select(told => told.Sequence).Prepend(0))
        {
            await using var again = await EventStream.FollowAsync(product.Http, _user, events.ExecutionId, after);
            await again.ResultAsync();
            again
                .Numbered.Select(told => told.Sequence)
                .ShouldBe(
                    events
                        .Numbered.Select(told => told.Sequence)
                        .Where(sequence => sequence > after)
                        .DefaultIfEmpty(events.Seen[^1].Sequence)
                );
        }
    }
}
