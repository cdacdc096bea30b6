using CodeInterpreter.Execution.V1;
using Grpc.Core;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>Code that reads what is typed while it runs.</summary>
public sealed class InteractiveTests(StandaloneFixture product)
{
    private const string Sum = "total = 0\nwhile True:\n    total += int(input(f'{total}> '))";

    private readonly string _user = StandaloneFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExecuteInteractive_OverGrpc_AnswersEachLineUntilTheEndOfInput()
    {
        var executions = new ExecutionService.ExecutionServiceClient(product.Grpc);
        using var call = executions.ExecuteInteractive(cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new InteractiveRequest
            {
                Start = new ExecuteRequest
                {
                    UserId = _user,
                    Code = Sum,
                    Stdin = "1\n",
                },
            },
            Token
        );

        await UntilAsync(call.ResponseStream, "1> ");
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "2\n" }, Token);
        await UntilAsync(call.ResponseStream, "3> ");
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "30" }, Token);
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "0\n4\n" }, Token);
        await UntilAsync(call.ResponseStream, "307> ");
        await call.RequestStream.CompleteAsync();

        while (await call.ResponseStream.MoveNext(Token) && call.ResponseStream.Current.Finished is null)
            ;
        var result = call.ResponseStream.Current.Finished.ShouldNotBeNull();
        result.Output.ShouldBe("0> 1> 3> 303> 307> ");
        result.Exception.Type.ShouldBe("EOFError");
        (await call.ResponseStream.MoveNext(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task ExecuteInteractive_OverHttp_AnswersEachLineUntilTheEndOfInput()
    {
        var executionId = await product.Http.SubmitAsync(
            new
            {
                user_id = _user,
                code = Sum,
                stdin = "1\n",
            },
            "interactive"
        );
        await using var events = await EventStream.FollowAsync(product.Http, _user, executionId);

        await events.UntilPrintedAsync("stdout", "1> ");
        await product.Http.FeedAsync(_user, executionId, "2\n");
        await events.UntilPrintedAsync("stdout", "3> ");
        await product.Http.FeedAsync(_user, executionId, "30");
        await product.Http.FeedAsync(_user, executionId, "0\n4\n", end: true);

        var result = await events.ResultAsync();
        result.Text("output").ShouldBe("0> 1> 3> 303> 307> ");
        result["exception"]!.AsObject().Text("type").ShouldBe("EOFError");
    }

    [Fact]
    public async Task Input_FinishedExecution_IsRefused()
    {
        var executionId = await product.Http.SubmitAsync(new { user_id = _user, code = "print('over')" }, "interactive");
        await product.Http.WaitAsync(_user, executionId);

        using var body = new StringContent("""{"text": "late"}""", null, "application/json");
        using var answer = await product.Http.PostAsync($"/v1/executions/{executionId}/input?user_id={_user}", body, Token);

        ((int)answer.StatusCode).ShouldBe(409);
    }

    [Fact]
    public async Task Input_OfAnotherUser_IsRefused()
    {
        var executionId = await product.Http.SubmitAsync(new { user_id = _user, code = "print(input())" }, "interactive");

        using var body = new StringContent("""{"text": "forged\n"}""", null, "application/json");
        using var answer = await product.Http.PostAsync(
            $"/v1/executions/{executionId}/input?user_id={StandaloneFixture.NewUser()}",
            body,
            Token
        );

        ((int)answer.StatusCode).ShouldBe(404);
        await using var events = await EventStream.FollowAsync(product.Http, _user, executionId);
        await events.UntilAsync("started");
        await product.Http.FeedAsync(_user, executionId, "mine\n");
        (await events.ResultAsync()).Text("output").ShouldBe("mine\n");
    }

    [Fact]
    public async Task Input_CodeThatDoesNotRead_DelaysNoOtherExecution()
    {
        var deaf = await product.Http.SubmitAsync(new { user_id = _user, code = "import time\ntime.sleep(100)" }, "interactive");
        await using var events = await EventStream.FollowAsync(product.Http, _user, deaf);
        await events.UntilAsync("started");
        var line = new string('x', 60_000) + "\n";
        for (var i = 0; i < 200; i++)
            await product.Http.FeedAsync(_user, deaf, line);

        var other = StandaloneFixture.NewUser();
        var executionId = await product.Http.SubmitAsync(new { user_id = other, code = "print(input())" }, "interactive");
        await using var othersEvents = await EventStream.FollowAsync(product.Http, other, executionId);
        await othersEvents.UntilAsync("started");
        await product.Http.FeedAsync(other, executionId, "heard\n");

        (await othersEvents.ResultAsync()).Text("output").ShouldBe("heard\n");
        await product.Http.CancelAsync(_user, deaf);
        (await events.ResultAsync()).Text("outcome").ShouldBe("Cancelled");
    }

    [Fact]
    public async Task Input_ExecutionThatIsNotInteractive_IsRefusedAtOnceAndTheCodeContinues()
    {
        var executionId = await product.Http.SubmitAsync(
            new { user_id = _user, code = "import time\ntime.sleep(2)\nprint('undisturbed')" }
        );
        await using var events = await EventStream.FollowAsync(product.Http, _user, executionId);
        await events.UntilAsync("started");

        using var body = new StringContent("""{"text": "unasked\n"}""", null, "application/json");
        using var answer = await product.Http.PostAsync($"/v1/executions/{executionId}/input?user_id={_user}", body, Token);

        ((int)answer.StatusCode).ShouldBe(409);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("not interactive");
        (await events.ResultAsync()).Text("output").ShouldBe("undisturbed\n");
    }

    private static async Task UntilAsync(IAsyncStreamReader<ExecutionEvent> events, string ending)
    {
        var printed = "";
        while (!printed.EndsWith(ending, StringComparison.Ordinal))
        {
            (await events.MoveNext(Token)).ShouldBeTrue(printed);
            printed += events.Current.Stdout;
        }
    }
}
