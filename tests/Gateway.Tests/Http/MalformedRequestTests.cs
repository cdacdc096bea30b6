using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

public sealed class MalformedRequestTests(GatewayFixture fixture)
{
    [Theory]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("\"print(1)\"", "body")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\"", "body")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\",}", "body")]
    [InlineData("{\"user_id\": \"u\", \"code\": 1}", "code")]
    [InlineData("{\"user_id\": [], \"code\": \"1\"}", "user_id")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"\\ud800\"}", "code")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"args\": [\"a\", \"\\udc00\"]}", "args[1]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"code\": \"2\"}", "code")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": \"x\"}", "user_files")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": [1]}", "user_files[0]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": [\"u_1_a\", {\"file_id\": 1}]}", "user_files[1]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": [{\"file_id\": \"\\ud800\"}]}", "user_files[0]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": [{\"file_id\": \"u_1_a\", \"name\": \"b\"}]}", "user_files[0]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": [{\"filename\": \"a\", \"filename\": \"b\"}]}", "user_files[0]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"user_files\": [{\"filename\": [[]]}]}", "user_files[0]")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"limits\": []}", "limits")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"limits\": {\"wall_time_seconds\": \"5\"}}", "limits.wall_time_seconds")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"limits\": {\"wall_time\": 5}}", "limits.wall_time")]
    [InlineData("{\"user_id\": \"u\", \"code\": \"1\", \"timeout\": 5}", "timeout")]
    [InlineData("{\"user_id\": \"u\", \"Code\": \"1\"}", "Code")]
    public async Task Execute_UnreadableBody_NamesTheProblem(string json, string field)
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(json);

        await response.ShouldRefuseAsync(field);
    }

    [Theory]
    [InlineData("\"echo\": 1", "echo", "true or false")]
    [InlineData("\"environment\": []", "environment", "an object")]
    [InlineData("\"environment\": {\"A\": 1}", "environment.A", "a string")]
    [InlineData("\"environment\": {\"A.b-c\": {}}", "environment['A.b-c']", "a string")]
    [InlineData("\"files\": [{\"filename\": \"a\", \"data\": 1}]", "files[0].data", "base64")]
    [InlineData("\"user_files\": [{\"id\": \"a\"}]", "user_files[0]", "a file id, or an object with file_id and filename")]
    [InlineData("\"limits\": {\"files\": true}", "limits.files", "a number")]
    public async Task Execute_ValueOfAnotherType_NamesTheExpectedType(string json, string field, string type)
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync($$"""{"user_id": "u", "code": "1", {{json}}}""");

        var errors = (await response.ReadJsonAsync())["errors"].ShouldNotBeNull();
        errors[field].ShouldNotBeNull(errors.ToJsonString())[0]!.GetValue<string>().ShouldContain(type);
    }

    [Theory]
    [InlineData("GET", "e?user_id=u&wait_seconds=0", "wait_seconds")]
    [InlineData("GET", "e/events?user_id=u&after=-1", "after")]
    [InlineData("POST", "{execution}/input?user_id=u", "text")]
    public async Task AnyRequest_FieldWithAnotherNameOverGrpc_IsNamedAsOverHttp(string method, string path, string field)
    {
        var code = fixture.Gateway.Runner.Add(RunnerScript.StartAsync);
        using var started = await fixture.Gateway.Http.PostAsync(
            "/v1/executions/interactive",
            JsonContent.Create(new { user_id = "u", code }),
            TestContext.Current.CancellationToken
        );
        var id = (await started.ReadJsonAsync())["execution_id"]!.GetValue<string>();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/executions/{path.Replace("{execution}", id)}");
        request.Content = method == "GET" ? null : JsonContent.Create(new { text = new string('a', (64 * 1024) + 1) });

        using var response = await fixture.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ShouldRefuseAsync(field);
    }

    [Theory]
    [InlineData("executions/e?user_id=u&wait_seconds=1,5", "wait_seconds")]
    [InlineData("executions/e?user_id=u&wait_seconds=1&wait_seconds=2", "wait_seconds")]
    [InlineData("executions/e?user_id=u&wait_seconds=%201", "wait_seconds")]
    [InlineData("executions/e?user_id=u&wait_seconds=%2B1", "wait_seconds")]
    [InlineData("executions/e?user_id=u&wait_seconds=-1", "wait_seconds")]
    [InlineData("executions/e?user_id=u&wait_seconds=NaN", "wait_seconds")]
    [InlineData("executions/e?user_id=u&wait_seconds=1e400", "wait_seconds")]
    [InlineData("executions/e?user_id=u&include_data=1", "include_data")]
    [InlineData("executions/e?user_id=u&include_data=%20true", "include_data")]
    [InlineData("executions/e/events?user_id=u&after=1.5", "after")]
    [InlineData("executions/e/events?user_id=u&after=%201", "after")]
    [InlineData("executions/e/events?user_id=u&after=9223372036854775808", "after")]
    [InlineData("executions?user_id=u&page_size=1,000", "page_size")]
    [InlineData("executions?user_id=u&page_size=%2B5", "page_size")]
    [InlineData("executions?user_id=u&page_size=2147483648", "page_size")]
    [InlineData("files?user_id=u&page_size=1,000", "page_size")]
    public async Task Get_AmbiguousValue_IsRefused(string path, string field)
    {
        using var response = await fixture.Gateway.Http.GetAsync($"/v1/{path}", TestContext.Current.CancellationToken);

        await response.ShouldRefuseAsync(field);
    }

    [Theory]
    [InlineData("1, 2")]
    [InlineData("+1")]
    [InlineData("x")]
    public async Task Follow_LastEventIdThatIsNotANumber_IsRefused(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/executions/e/events?user_id=u");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", value).ShouldBeTrue();

        using var response = await fixture.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ShouldRefuseAsync("Last-Event-ID");
    }

    [Theory]
    [InlineData("\"{0}\": 1")]
    [InlineData("\"environment\": {{\"{0}\": 5}}")]
    [InlineData("\"limits\": {{\"{0}\": 5}}")]
    public async Task Execute_FieldNameAsLongAsTheBody_HasAShortError(string json)
    {
        var field = string.Format(null, json, new string('n', 3_000_000));

        using var response = await fixture.Gateway.Http.ExecuteAsync($$"""{"user_id": "u", "code": "1", {{field}}}""");

        await response.ShouldBeProblemAsync(400);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Upload_PartWithALongName_HasAShortError()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), new string('n', 10_000) } };

        using var response = await fixture.Gateway.Http.PostAsync("/v1/files?user_id=u", form, TestContext.Current.CancellationToken);

        await response.ShouldBeProblemAsync(400);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBeLessThan(1000);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Execute_AnotherContentType_IsUnsupported(string? contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var response = await fixture.Gateway.Http.PostAsync("/v1/executions", content, TestContext.Current.CancellationToken);

        await response.ShouldBeProblemAsync(415);
    }

    [Fact]
    public async Task Execute_BytesThatAreNotUtf8_NameTheField()
    {
        using var content = new ByteArrayContent([.. "{\"user_id\": \"u\", \"code\": \""u8, 0xFF, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await fixture.Gateway.Http.PostAsync("/v1/executions", content, TestContext.Current.CancellationToken);

        await response.ShouldRefuseAsync("code");
    }

    [Fact]
    public async Task Execute_ByteOrderMark_IsAccepted()
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. "{\"user_id\": \"u\", \"code\": \"1\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await fixture.Gateway.Http.PostAsync("/v1/executions", content, TestContext.Current.CancellationToken);

        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [InlineData("aGVsbG8")]
    [InlineData("aGVs*G8=")]
    [InlineData("_-_-")]
    [InlineData("a")]
    [InlineData("data:text/plain;base64,aGVsbG8=")]
    public async Task Execute_ContentThatIsNotBase64_NamesTheField(string content)
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(WithFile(content));

        await response.ShouldRefuseAsync("files[0].data");
    }

    [Fact]
    public async Task Execute_EmptyContent_IsAnEmptyFile()
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(WithFile(""));

        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Authorization", 40_000)]
    [InlineData("X-Anything", 1_000_000)]
    public async Task Execute_OversizedHeader_IsRefusedAndTheNextRequestIsServed(string name, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/executions?user_id=u");
        request.Headers.TryAddWithoutValidation(name, new string('x', length)).ShouldBeTrue();

        using var response = await fixture.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        using var next = await fixture.Gateway.Http.GetAsync("/v1/executions?user_id=u", TestContext.Current.CancellationToken);
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Execute_OversizedBody_IsTooLarge()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions");
        request.Content = new StringContent(new string(' ', 13 * 1024 * 1024), Encoding.UTF8, "application/json");
        request.Headers.ExpectContinue = true;

        using var response = await fixture.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ShouldBeProblemAsync(413);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("PUT", "/v1/files", 405)]
    [InlineData("DELETE", "/v1/executions", 405)]
    public async Task AnyRequest_WithoutAnEndpoint_IsAProblem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await fixture.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ShouldBeProblemAsync(status);
    }

    private static string WithFile(string content) =>
        $$"""{"user_id": "u", "code": "1", "files": [{"filename": "a.txt", "data": "{{content}}"}]}""";
}
