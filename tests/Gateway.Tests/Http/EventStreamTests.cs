using System.Net;
using System.Net.Http.Json;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Events over HTTP, as proxies and browsers need them.</summary>
public sealed class EventStreamTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StreamAndFollow_AreNotBufferedByProxies()
    {
        using var streamed = await fixture.Gateway.Http.PostAsync(
            "/v1/executions/stream",
            JsonContent.Create(new { user_id = _user, code = "1" }),
            Token
        );
        using var followed = await FollowAsync(await ExecuteAsync(), "", lastEventId: null);

        foreach (var response in (HttpResponseMessage[])[streamed, followed])
        {
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        }
    }

    [Fact]
    public async Task Follow_BrowserReconnectsAfterTheEnd_IsNoContent()
    {
        var id = await ExecuteAsync();

        using var before = await FollowAsync(id, "", lastEventId: 2);
        using var after = await FollowAsync(id, "", lastEventId: 3);
        using var asked = await FollowAsync(id, "&after=3", lastEventId: null);

        (await before.Content.ReadAsStringAsync(Token)).ShouldContain("event: finished");
        after.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await asked.Content.ReadAsStringAsync(Token)).ShouldContain("event: finished");
    }

    [Fact]
    public async Task Follow_BrowserReconnects_ContinuesAfterTheLastEvent()
    {
        using var response = await FollowAsync(await ExecuteAsync(), "&after=0", lastEventId: 2);

        (await response.Content.ReadAsStringAsync(Token)).ShouldNotContain("event: started");
    }

    private async Task<string> ExecuteAsync()
    {
        var submitted = await fixture.Gateway.Executions.SubmitAsync(
            new ExecuteRequest { UserId = _user, Code = "1" },
            cancellationToken: Token
        );
        var finished = await fixture.Gateway.Executions.WaitAsync(
            new()
            {
                UserId = _user,
                ExecutionId = submitted.ExecutionId,
                TimeoutSeconds = 60,
            },
            cancellationToken: Token
        );
        return finished.ExecutionId;
    }

    private Task<HttpResponseMessage> FollowAsync(string id, string query, int? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/executions/{id}/events?user_id={_user}{query}");
        if (lastEventId is { } number)
        {
            request.Headers.Add("Last-Event-ID", $"{number}");
        }

        return fixture.Gateway.Http.SendAsync(request, Token);
    }
}
