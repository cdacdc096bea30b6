using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>A caller of one gateway.</summary>
internal static class Client
{
    public static Task<JsonObject> ExecuteAsync(this ServiceProcess gateway, string user, string code) =>
        gateway.Http.ExecuteAsync(user, code);

    public static Task<JsonObject> ExecuteAsync(this StandaloneProcess product, string user, string code) =>
        product.Http.ExecuteAsync(user, code);

    private static async Task<JsonObject> ExecuteAsync(this HttpClient http, string user, string code)
    {
        using var answer = await http.PostExecutionAsync(user, code);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!.AsObject();
    }

    public static Task<HttpResponseMessage> PostExecutionAsync(this HttpClient http, string user, string code) =>
        http.PostAsJsonAsync("/v1/executions", new { user_id = user, code });

    public static Task<HttpResponseMessage> SubmitAsync(this ServiceProcess gateway, string user, string code) =>
        gateway.Http.PostAsJsonAsync("/v1/executions/submit", new { user_id = user, code });

    /// <summary>Submits code; returns the execution's id once it runs.</summary>
    public static async Task<string> BeginAsync(this ServiceProcess gateway, string user, string code)
    {
        using var answer = await gateway.SubmitAsync(user, code);
        var id = (await answer.Content.ReadFromJsonAsync<JsonObject>())!.Text("execution_id");
        await Eventually.TrueAsync(async () =>
            (await gateway.Http.GetFromJsonAsync<JsonObject>($"/v1/executions/{id}?user_id={user}"))!.Text("status") == "Running"
        );
        return id;
    }

    /// <summary>Asks until the execution has finished, and returns its result.</summary>
    public static async Task<JsonObject> ResultAsync(this ServiceProcess gateway, string user, string executionId)
    {
        JsonObject? result = null;
        await Eventually.TrueAsync(async () =>
        {
            var execution = await gateway.Http.GetFromJsonAsync<JsonObject>($"/v1/executions/{executionId}?user_id={user}");
            return (result = execution!["result"] as JsonObject) is not null;
        });
        return result!;
    }

    public static async Task<IReadOnlyList<JsonObject>> FilesAsync(this ServiceProcess gateway, string user) =>
        (await gateway.Http.GetFromJsonAsync<JsonObject>($"/v1/files?user_id={user}&page_size=1000"))!.Objects("files");

    /// <summary>Uploads a file and returns the answer, whatever it is.</summary>
    public static async Task<HttpResponseMessage> PostFileAsync(this ServiceProcess gateway, string user, string name, string text)
    {
        using var content = new StringContent(text);
        using var form = new MultipartFormDataContent { { content, "file", name } };
        return await gateway.Http.PostAsync($"/v1/files?user_id={user}", form);
    }

    /// <summary>Uploads a file and returns its id.</summary>
    public static async Task<string> UploadAsync(this ServiceProcess gateway, string user, string name, string text)
    {
        using var answer = await gateway.PostFileAsync(user, name, text);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonNode.Parse(body)!.AsObject().Objects("files").Single().Text("file_id");
    }

    public static Task<string> DownloadAsync(this ServiceProcess gateway, string user, string fileId) =>
        gateway.Http.GetStringAsync($"/v1/files/{fileId}/content?user_id={user}");

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }
}
