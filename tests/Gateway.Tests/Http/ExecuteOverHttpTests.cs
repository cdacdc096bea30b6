using System.Net;
using System.Text.Json.Nodes;
using CodeInterpreter.Gateway.Tests.Executions;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Http;

public sealed class ExecuteOverHttpTests(GatewayFixture fixture)
{
    [Fact]
    public async Task Execute_Code_ReturnsExactlyTheDocumentedFields()
    {
        var code = fixture.Gateway.Runner.AddResult(Results.Full);

        using var response = await fixture.Gateway.Http.ExecuteAsync(
            new JsonObject { ["user_id"] = GatewayFixture.NewUser(), ["code"] = code }
        );

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await response.ReadJsonAsync();
        var executionId = body["execution_id"].ShouldNotBeNull().GetValue<string>();
        JsonNode
            .DeepEquals(
                body,
                JsonNode.Parse(
                    $$"""
                    {
                      "success": false, "output": "out ü 😀", "error": "err", "execution_time": 1.5, "return_code": 137,
                      "generated_files": [{
                        "filename": "dir/plot.png", "type": "image", "mime_type": "image/png", "size": 33, "sha256": "{{new string(
                        'a',
                        64
                    )}}",
                        "file_id": "u_1_a", "expires_at": "2030-01-02T03:04:05+00:00", "data": null, "modified_from": "u_0_b" }],
                      "generated_file_ids": ["u_1_a"],
                      "skipped_files": [{ "path": "big.bin", "reason": "TooLarge", "size": 44, "detail": "Larger than 1 byte." }],
                      "skipped_file_count": 101, "left_behind": [{ "path": "/tmp/habit.csv", "size": 55 }],
                      "outcome": "TimedOut", "killed_by": "WallTime", "message": "Stopped after 1 s.",
                      "signal": "SIGKILL",
                      "usage": { "wall_seconds": 1.5, "cpu_user_seconds": 0.25, "cpu_system_seconds": 0.125,
                                 "peak_memory_bytes": 4096, "oom_kills": 2 },
                      "output_bytes": 11, "error_bytes": 22, "output_truncated": true, "error_truncated": false,
                      "output_tail": "the end", "error_tail": "", "output_file_id": "u_1_out", "error_file_id": null,
                      "exception": { "type": "ValueError", "message": "no", "truncated": false,
                        "frames": [{ "file": "main.py", "line": 3, "function": "<module>", "code": "f()" }] },
                      "execution_id": "{{executionId}}"
                    }
                    """
                )
            )
            .ShouldBeTrue(body.ToJsonString());
    }

    [Fact]
    public async Task Execute_CodeThatSucceeds_HasNullsForMissingValues()
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(
            new JsonObject { ["user_id"] = GatewayFixture.NewUser(), ["code"] = "print('häh')" }
        );

        var body = await response.ReadJsonAsync();
        body["success"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        body["output"].ShouldNotBeNull().GetValue<string>().ShouldBe("print('häh')");
        body.ContainsKey("killed_by").ShouldBeTrue();
        body["killed_by"].ShouldBeNull();
        body.ContainsKey("signal").ShouldBeTrue();
        body["signal"].ShouldBeNull();
    }

    [Fact]
    public async Task Get_FinishedExecution_HasTheSameResult()
    {
        var user = GatewayFixture.NewUser();
        using var response = await fixture.Gateway.Http.ExecuteAsync(
            new JsonObject { ["user_id"] = user, ["code"] = fixture.Gateway.Runner.AddResult(Results.Full) }
        );
        var executed = await response.ReadJsonAsync();

        using var asked = await fixture.Gateway.Http.GetAsync(
            $"/v1/executions/{executed["execution_id"]}?user_id={user}",
            TestContext.Current.CancellationToken
        );

        var execution = await asked.ReadJsonAsync();
        execution["status"].ShouldNotBeNull().GetValue<string>().ShouldBe("Finished");
        execution["finished_at"].ShouldNotBeNull();
        JsonNode.DeepEquals(execution["result"], executed).ShouldBeTrue();
    }

    [Fact]
    public async Task Get_AnotherUsersExecution_IsNotFound()
    {
        using var response = await fixture.Gateway.Http.ExecuteAsync(
            new JsonObject { ["user_id"] = GatewayFixture.NewUser(), ["code"] = "print(1)" }
        );
        var executed = await response.ReadJsonAsync();

        using var foreign = await fixture.Gateway.Http.GetAsync(
            $"/v1/executions/{executed["execution_id"]}?user_id={GatewayFixture.NewUser()}",
            TestContext.Current.CancellationToken
        );
        using var unknown = await fixture.Gateway.Http.GetAsync(
            $"/v1/executions/none?user_id={GatewayFixture.NewUser()}",
            TestContext.Current.CancellationToken
        );

        var problem = await foreign.ShouldBeProblemAsync(404);
        JsonNode.DeepEquals(problem, await unknown.ShouldBeProblemAsync(404)).ShouldBeTrue();
    }

    [Fact]
    public async Task Get_WithoutUser_NamesTheField()
    {
        using var response = await fixture.Gateway.Http.GetAsync("/v1/executions/none", TestContext.Current.CancellationToken);

        await response.ShouldRefuseAsync("user_id");
    }
}
