using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Calls of the HTTP API, and how to read their answers.</summary>
internal static class HttpCalls
{
    public static Task<HttpResponseMessage> ExecuteAsync(this HttpClient http, JsonNode body) => http.ExecuteAsync(body.ToJsonString());

    public static Task<HttpResponseMessage> ExecuteAsync(this HttpClient http, string json) =>
        http.PostAsync("/v1/executions", new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public static async Task<JsonObject> UploadAsync(this HttpClient http, string userId, string filename, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(userId), "user_id" },
            { new ByteArrayContent(content), "file", filename },
        };
        using var response = await http.PostAsync("/v1/files", form, TestContext.Current.CancellationToken);
        var body = await response.ReadJsonAsync();
        return body["files"].ShouldNotBeNull()[0].ShouldNotBeNull().AsObject();
    }

    public static async Task<JsonObject> ReadJsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(text).ShouldNotBeNull().AsObject();
    }

    /// <summary>Checks that the response is a problem document with that status, and returns it.</summary>
    public static async Task<JsonObject> ShouldBeProblemAsync(this HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("application/problem+json"));
        var problem = JsonNode.Parse(text).ShouldNotBeNull().AsObject();
        problem["status"].ShouldNotBeNull().GetValue<int>().ShouldBe(status);
        problem["title"].ShouldNotBeNull();
        return problem;
    }

    /// <summary>Checks that the response refuses the request because of exactly these fields.</summary>
    public static async Task ShouldRefuseAsync(this HttpResponseMessage response, params string[] fields)
    {
        var problem = await response.ShouldBeProblemAsync(400);
        problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).ShouldBe(fields);
    }
}
