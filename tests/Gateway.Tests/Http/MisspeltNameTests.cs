using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>A misspelt name would have no effect, so it is refused, in queries as in bodies, with the name that was meant.</summary>
public sealed class MisspeltNameTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("files?user_id=u&pagesize=5", "pagesize", "Did you mean page_size?")]
    [InlineData("files?user_id=u&PAGE_TOKN=5", "PAGE_TOKN", "Did you mean page_token?")]
    [InlineData("files/u_1_a?user_id=u&x=1", "x", "is not a parameter of this request.")]
    [InlineData("executions?userid=u", "userid", "Did you mean user_id?")]
    [InlineData("executions/usage?user_id=u&user_id=v", "user_id", "must be given once.")]
    [InlineData("executions/0190b6c2f1f37c6e8a3f5d7b9c1e2a4d?user_id=u&wait=5", "wait", "Did you mean wait_seconds?")]
    [InlineData("executions/0190b6c2f1f37c6e8a3f5d7b9c1e2a4d/events?user_id=u&from=5", "from", "is not a parameter")]
    [InlineData("environment?pakage=numpy", "pakage", "Did you mean package?")]
    public async Task Query(string path, string name, string expected)
    {
        using var response = await fixture.Gateway.Http.GetAsync($"/v1/{path}", Token);

        var problem = await response.ShouldBeProblemAsync(400);
        problem["errors"]![name].ShouldNotBeNull(problem.ToJsonString())[0]!.GetValue<string>().ShouldContain(expected);
    }

    [Theory]
    [InlineData("\"user-files\": []", "user-files", "Did you mean user_files?")]
    [InlineData("\"mergeOutput\": true", "mergeOutput", "Did you mean merge_output?")]
    [InlineData("\"enviroment\": {}", "enviroment", "Did you mean environment?")]
    [InlineData("\"limits\": {\"wall_time\": 5}", "limits.wall_time", "Did you mean wall_time_seconds?")]
    [InlineData("\"files\": [{\"name\": \"a\"}]", "files[0].name", "is not a field of this request.")]
    [InlineData("\"colour\": 1", "colour", "is not a field of this request.")]
    public async Task Body(string json, string name, string expected)
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync($$"""{"user_id": "u", "code": "1", {{json}}}""");

        var problem = await response.ShouldBeProblemAsync(400);
        problem["errors"]![name].ShouldNotBeNull(problem.ToJsonString())[0]!.GetValue<string>().ShouldContain(expected);
    }

    [Fact]
    public async Task LinkThatAnotherProgramExtended_StillDownloads()
    {
        var user = GatewayFixture.NewUser();
        var file = await fixture.Gateway.Http.UploadAsync(user, "a.txt", "a"u8.ToArray());
        using var created = await fixture.Gateway.Http.PostAsync($"/v1/files/{file["file_id"]}/link?user_id={user}", null, Token);
        var link = (await created.ReadJsonAsync())["url"]!.GetValue<string>();

        (await fixture.Gateway.Http.GetStringAsync($"{link}&utm_source=chat", Token)).ShouldBe("a");
    }
}
