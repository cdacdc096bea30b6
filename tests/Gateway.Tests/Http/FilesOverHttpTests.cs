using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

public sealed class FilesOverHttpTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Http => fixture.Gateway.Http;

    [Fact]
    public async Task Download_StoredFile_HasItsBytesAndSafeHeaders()
    {
        var content = Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray();
        var fileId = await UploadAsync("dir/ein Löwe.csv", content);

        using var response = await Http.GetAsync($"/v1/files/{fileId}/content?user_id={_user}", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(Token)).ShouldBe(content);
        response.Content.Headers.ContentLength.ShouldBe(content.Length);
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
        response
            .Content.Headers.NonValidated["Content-Disposition"]
            .ToString()
            .ShouldBe("attachment; filename=\"ein L_we.csv\"; filename*=UTF-8''ein%20L%C3%B6we.csv");
    }

    [Theory]
    [InlineData("a.csv", "1", "text/csv; charset=utf-8")]
    [InlineData("a.txt", "1", "text/plain; charset=utf-8")]
    [InlineData("a.json", "1", "application/json")]
    [InlineData("a.png", "\u0089PNG\r\n\u001a\n", "image/png")]
    public async Task Download_FileOfAType_HasItsMediaType(string filename, string content, string contentType)
    {
        var fileId = await UploadAsync(filename, Encoding.Latin1.GetBytes(content));

        using var response = await Http.GetAsync($"/v1/files/{fileId}/content?user_id={_user}", Token);

        response.Content.Headers.ContentType.ShouldNotBeNull().ToString().ShouldBe(contentType);
    }

    [Fact]
    public async Task Download_EmptyFile_IsEmpty()
    {
        var fileId = await UploadAsync("empty.txt", []);

        using var response = await Http.GetAsync($"/v1/files/{fileId}/content?user_id={_user}", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(0);
    }

    [Fact]
    public async Task Get_StoredFile_HasTheRecordOfItsUpload()
    {
        var uploaded = await Http.UploadAsync(_user, "a.txt", "1"u8.ToArray());

        using var response = await Http.GetAsync($"/v1/files/{uploaded["file_id"]}?user_id={_user}", Token);

        JsonNode.DeepEquals(await response.ReadJsonAsync(), uploaded).ShouldBeTrue();
    }

    [Fact]
    public async Task List_MoreThanAPage_ContinuesWithTheToken()
    {
        await UploadAsync("1.txt", []);
        await UploadAsync("2.txt", []);
        await UploadAsync("3.txt", []);

        var first = await ListAsync("page_size=2");
        var second = await ListAsync($"page_size=2&page_token={Uri.EscapeDataString(first["next_page_token"]!.GetValue<string>())}");

        Names(first).Concat(Names(second)).ShouldBe(["3.txt", "2.txt", "1.txt"], ignoreOrder: true);
        Names(first).Length.ShouldBe(2);
        second.ContainsKey("next_page_token").ShouldBeTrue();
        second["next_page_token"].ShouldBeNull();
    }

    [Theory]
    [InlineData("page_size=many", "page_size")]
    [InlineData("page_size=-1", "page_size")]
    [InlineData("page_size=1001", "page_size")]
    [InlineData("page_size=99999999999", "page_size")]
    [InlineData("page_token=%21", "page_token")]
    public async Task List_InvalidPage_NamesTheField(string query, string field)
    {
        using var response = await Http.GetAsync($"/v1/files?user_id={_user}&{query}", Token);

        await response.ShouldRefuseAsync(field);
    }

    [Fact]
    public async Task Delete_StoredFile_IsNotFoundAfterwards()
    {
        var fileId = await UploadAsync("a.txt", []);

        using var deleted = await Http.DeleteAsync($"/v1/files/{fileId}?user_id={_user}", Token);
        using var response = await Http.GetAsync($"/v1/files/{fileId}/content?user_id={_user}", Token);

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await response.ShouldBeProblemAsync(404);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/content")]
    [InlineData("DELETE", "")]
    public async Task AnyRequest_ForAnotherUsersFile_IsNotFound(string method, string what)
    {
        var fileId = await UploadAsync("a.txt", []);

        using var foreign = await SendAsync(method, $"/v1/files/{fileId}{what}?user_id={GatewayFixture.NewUser()}");
        using var unknown = await SendAsync(method, $"/v1/files/{_user}_1_aaaaaaaaaaaaaaaa{what}?user_id={_user}");

        var problem = await foreign.ShouldBeProblemAsync(404);
        JsonNode.DeepEquals(problem, await unknown.ShouldBeProblemAsync(404)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("GET", "/v1/files/x")]
    [InlineData("GET", "/v1/files/x/content")]
    [InlineData("DELETE", "/v1/files/x")]
    [InlineData("GET", "/v1/files")]
    public async Task AnyRequest_WithoutUser_NamesTheField(string method, string path)
    {
        using var response = await SendAsync(method, path);

        await response.ShouldRefuseAsync("user_id");
    }

    private static string[] Names(JsonObject page) =>
        [.. page["files"].ShouldNotBeNull().AsArray().Select(file => file!["filename"]!.GetValue<string>())];

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await Http.SendAsync(request, Token);
    }

    private async Task<JsonObject> ListAsync(string query)
    {
        using var response = await Http.GetAsync($"/v1/files?user_id={_user}&{query}", Token);
        return await response.ReadJsonAsync();
    }

    private async Task<string> UploadAsync(string filename, byte[] content)
    {
        var file = await Http.UploadAsync(_user, filename, content);
        return file["file_id"].ShouldNotBeNull().GetValue<string>();
    }
}
