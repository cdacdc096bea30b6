using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>What those are told who wait behind others.</summary>
public sealed class PlaceTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QueuedEvent_HasTheNumberOfEarlierExecutionsOfTheUser()
    {
        var mayStart = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await mayStart.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""), sequence: 2);
        });
        var (user, other) = (GatewayFixture.NewUser(), GatewayFixture.NewUser());

        var places = new List<int>();
        foreach (var caller in (string[])[user, other, user, user])
            places.Add(await PlaceOverGrpcAsync(caller, code));
        var overHttp = await PlaceOverHttpAsync(user, code);
        mayStart.SetResult();

        places.ShouldBe([0, 0, 1, 2]);
        overHttp.ShouldBe(3);
    }

    private async Task<int> PlaceOverGrpcAsync(string user, string code)
    {
        using var call = fixture.Gateway.Executions.ExecuteStream(
            new ExecuteRequest { UserId = user, Code = code },
            cancellationToken: Token
        );
        do (await call.ResponseStream.MoveNext(Token)).ShouldBeTrue();
        while (call.ResponseStream.Current.EventCase != ExecutionEvent.EventOneofCase.Queued);
        return call.ResponseStream.Current.Queued.Ahead;
    }

    private async Task<int> PlaceOverHttpAsync(string user, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions/stream")
        {
            Content = JsonContent.Create(new { user_id = user, code }),
        };
        using var answer = await fixture.Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        string? line;
        do line = await reader.ReadLineAsync(Token);
        while (line is not null && line != "event: queued");
        var data = (await reader.ReadLineAsync(Token)).ShouldNotBeNull();
        return JsonNode.Parse(data["data: ".Length..])!["ahead"]!.GetValue<int>();
    }
}
