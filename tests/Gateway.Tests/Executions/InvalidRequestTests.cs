using System.Text.Json.Nodes;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>Both APIs refuse the same requests for the same fields.</summary>
public sealed class InvalidRequestTests(GatewayFixture fixture)
{
    private const int Mebibyte = 1024 * 1024;

    public static TheoryData<string, string, string[]> Requests =>
        new()
        {
            { "no user", """{ "code": "1" }""", ["user_id"] },
            { "user with a slash", """{ "user_id": "a/b", "code": "1" }""", ["user_id"] },
            { "user with a line break", """{ "user_id": "a\n", "code": "1" }""", ["user_id"] },
            { "user of 65", $$"""{ "user_id": "{{new string('a', 65)}}", "code": "1" }""", ["user_id"] },
            { "code over 1 MiB", $$"""{ "user_id": "u", "code": "{{new string('é', (Mebibyte / 2) + 1)}}" }""", ["code"] },
            { "stdin over 1 MiB", $$"""{ "user_id": "u", "code": "1", "stdin": "{{new string('a', Mebibyte + 1)}}" }""", ["stdin"] },
            { "malformed ids", """{ "user_id": "u", "code": "1", "user_files": ["u_1_a!", ""] }""", ["user_files[0]", "user_files[1]"] },
            { "101 ids", Body("user_files", Enumerable.Repeat("u_1_a", 101)), ["user_files"] },
            { "unknown ids", """{ "user_id": "u", "code": "1", "user_files": ["u_1_a", "v_1_a"] }""", ["user_files[0]", "user_files[1]"] },
            { "101 args", Body("args", Enumerable.Repeat("", 101)), ["args"] },
            { "args over 32 KiB", Body("args", Enumerable.Repeat(new string('a', 1024), 33)), ["args"] },
            { "NUL in an argument", """{ "user_id": "u", "code": "1", "args": ["a", "b\u0000"] }""", ["args[1]"] },
            { "no time", """{ "user_id": "u", "code": "1", "limits": { "wall_time_seconds": 0 } }""", ["limits.wall_time_seconds"] },
            { "negative time", """{ "user_id": "u", "code": "1", "limits": { "wall_time_seconds": -1 } }""", ["limits.wall_time_seconds"] },
            {
                "too much time",
                """{ "user_id": "u", "code": "1", "limits": { "wall_time_seconds": 300.1 } }""",
                ["limits.wall_time_seconds"]
            },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Execute_InvalidRequest_NamesTheFieldsOverHttp(string name, string json, string[] fields)
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(json);

        await response.ShouldRefuseAsync(fields);
        name.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Execute_InvalidRequest_NamesTheFieldsOverGrpc(string name, string json, string[] fields)
    {
        var request = JsonParser.Default.Parse<ExecuteRequest>(json);

        var exception = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.ExecuteAsync(request));

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument, name);
        RpcErrors.ViolationsOf(exception).Select(violation => violation.Field).ShouldBe(fields);
    }

    [Theory]
    [InlineData("""{ "user_id": "u" }""", "code")]
    [InlineData("""{ "user_id": "u", "code": null }""", "code")]
    [InlineData("{}", "user_id", "code")]
    public async Task Execute_WithoutCode_IsRefusedOverHttp(string json, params string[] fields)
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(json);

        await response.ShouldRefuseAsync(fields);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public async Task Execute_EmptyProgram_IsAccepted(string code)
    {
        var body = new JsonObject { ["user_id"] = "u", ["code"] = code };
        using var response = await fixture.Gateway.Http.ExecuteAsync(body.ToJsonString());

        var result = await fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = "u", Code = code },
            cancellationToken: TestContext.Current.CancellationToken
        );

        response.IsSuccessStatusCode.ShouldBeTrue();
        result.Success.ShouldBeTrue();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task Execute_WallTimeThatIsNotANumber_IsRefusedWithTheMaximum(double seconds)
    {
        var request = new ExecuteRequest
        {
            UserId = "u",
            Code = "1",
            Limits = new() { WallTimeSeconds = seconds },
        };

        var exception = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.ExecuteAsync(request));

        RpcErrors.ViolationsOf(exception).ShouldHaveSingleItem().Description.ShouldContain("300");
    }

    [Fact]
    public async Task Execute_LargestRequest_IsAccepted()
    {
        var request = new ExecuteRequest
        {
            UserId = new string('a', 64),
            Code = new string('#', Mebibyte),
            Stdin = new string('a', Mebibyte),
            Limits = new() { WallTimeSeconds = 300 },
            Args = { Enumerable.Repeat(new string('a', 32 * 1024 / 100), 100) },
        };

        var result = await fixture.Gateway.Executions.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        result.Success.ShouldBeTrue();
    }

    private static string Body(string field, IEnumerable<string> values) =>
        new JsonObject
        {
            ["user_id"] = "u",
            ["code"] = "1",
            [field] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        }.ToJsonString();
}
