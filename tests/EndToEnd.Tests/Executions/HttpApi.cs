using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>The calls of the HTTP API that go on where another one began.</summary>
internal static class HttpApi
{
    /// <summary>Submits code and returns the id of its execution.</summary>
    public static async Task<string> SubmitAsync(this HttpClient http, object request, string how = "submit")
    {
        using var answer = await http.PostAsJsonAsync($"/v1/executions/{how}", request);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, body);
        return JsonNode.Parse(body)!.AsObject().Text("execution_id");
    }

    public static async Task FeedAsync(this HttpClient http, string user, string executionId, string text, bool end = false)
    {
        using var answer = await http.PostAsJsonAsync($"/v1/executions/{executionId}/input?user_id={user}", new { text, end });
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    public static async Task CancelAsync(this HttpClient http, string user, string executionId)
    {
        using var answer = await http.PostAsync($"/v1/executions/{executionId}/cancel?user_id={user}", content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits for the end of an execution and returns its result.</summary>
    public static async Task<JsonObject> WaitAsync(this HttpClient http, string user, string executionId)
    {
        var execution = await http.GetFromJsonAsync<JsonObject>($"/v1/executions/{executionId}?user_id={user}&wait_seconds=120");
        return execution!["result"].ShouldNotBeNull(execution.ToJsonString()).AsObject();
    }

    public static async Task<IReadOnlyList<JsonObject>> ListExecutionsAsync(this HttpClient http, string user) =>
        (await http.GetFromJsonAsync<JsonObject>($"/v1/executions?user_id={user}"))!.Objects("executions");

    public static async Task<IReadOnlyList<JsonObject>> ListFilesAsync(this HttpClient http, string user) =>
        (await http.GetFromJsonAsync<JsonObject>($"/v1/files?user_id={user}&page_size=1000"))!.Objects("files");
}
