using System.Net.Http.Json;
using CodeInterpreter.Execution.V1;
using Google.Protobuf;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>What a request may bring along, and what it may ask for.</summary>
public sealed class RequestTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Environment_IsThatOfTheCodeAndItsChildren()
    {
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                code = "import os, subprocess\nprint(os.environ['GREETING'], os.environ['EMPTY'] == '')\n"
                    + "subprocess.run(['sh', '-c', 'echo $GREETING'])",
                environment = new Dictionary<string, string> { ["GREETING"] = "größe = 'a b'", ["EMPTY"] = "" },
            }
        );

        result.Text("output").ShouldBe("größe = 'a b' True\ngröße = 'a b'\n");
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("PYTHONSTARTUP")]
    public async Task Environment_OfTheSandboxItself_IsRefused(string name)
    {
        using var body = new StringContent(
            $$"""{"user_id": "me", "code": "1", "environment": {"{{name}}": "x"} }""",
            null,
            "application/json"
        );
        using var answer = await product.Http.PostAsync("/v1/executions", body, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"environment.{name}");
    }

    [Theory]
    [InlineData("x = 20\nx + 1", true, "21\n")]
    [InlineData("x = 20\nx + 1", false, "")]
    [InlineData("x = 20\nx + 1;", true, "")]
    [InlineData("None", true, "")]
    [InlineData("'a'", true, "'a'\n")]
    public async Task Echo_PrintsTheLastExpression(string code, bool echo, string expected) => (
            await product.PostAsync(
                new
                {
                    user_id = _user,
                    code,
                    echo,
                }
            )
        ).Text("output").ShouldBe(expected);

    [Theory]
    [InlineData("bash", "echo $((40 + 2)) \"$1\"; echo made > out.txt")]
    [InlineData("javascript", "console.log(40 + 2, process.argv[2]); require('fs').writeFileSync('out.txt', 'made')")]
    [InlineData("typescript", "const n: number = 42; console.log(n, process.argv[2]); require('fs').writeFileSync('out.txt', 'made')")]
    [InlineData("python", "import sys; print(42, sys.argv[1]); open('out.txt', 'w').write('made')")]
    public async Task Language_DecidesHowTheCodeRuns(string language, string code)
    {
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                language,
                code,
                args = new[] { "a" },
            }
        );
        result.Text("output").ShouldBe("42 a\n");
        result.FileNames().ShouldBe(["out.txt"]);

        var request = new ExecuteRequest
        {
            UserId = _user,
            Language = language,
            Code = code,
            Args = { "b" },
        };
        (
            await new ExecutionService.ExecutionServiceClient(product.Grpc).ExecuteAsync(
                request,
                cancellationToken: TestContext.Current.CancellationToken
            )
        ).Output.ShouldBe("42 b\n");
    }

    [Theory]
    [InlineData("cobol", "", "", null, "language", "python, bash, javascript, typescript")]
    [InlineData("bash", "true", "", null, "echo", "Python only")]
    [InlineData("javascript", "", "data", null, "profile", "Python only")]
    [InlineData("typescript", "", "", 2, "limits.processes", "at least 16")]
    public async Task Language_UnsupportedField_IsRefused(
        string language,
        string echo,
        string profile,
        int? processes,
        string field,
        string why
    )
    {
        using var answer = await product.Http.PostAsJsonAsync(
            "/v1/executions",
            new
            {
                user_id = _user,
                code = "1",
                language,
                echo = echo.Length > 0,
                profile,
                limits = new { processes },
            },
            TestContext.Current.CancellationToken
        );

        ((int)answer.StatusCode).ShouldBe(400);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldContain($"\"{field}\"");
        body.ShouldContain(why);
    }

    [Fact]
    public async Task MergedOutput_HasBothStreamsInTheOrderOfWriting()
    {
        const string Code = """
            import subprocess, sys
            for i in range(200): print(i, file=(sys.stdout, sys.stderr)[i % 2])
            subprocess.run('echo a; echo b >&2; echo c', shell=True)
            1 / 0
            """;
        await using var events = await EventStream.PostAsync(
            product.Http,
            new
            {
                user_id = _user,
                code = Code,
                merge_output = true,
            }
        );

        var live = await events.ResultAsync();
        var waited = await new ExecutionService.ExecutionServiceClient(product.Grpc).ExecuteAsync(
            new ExecuteRequest
            {
                UserId = _user,
                Code = Code,
                MergeOutput = true,
            },
            cancellationToken: TestContext.Current.CancellationToken
        );

        var lines = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}\n")) + "a\nb\nc\nTraceback (most recent call last):\n";
        live.Text("output").ShouldStartWith(lines);
        live.Text("output").ShouldEndWith("ZeroDivisionError: division by zero\n");
        (live.Text("error"), live["error_bytes"]!.GetValue<long>()).ShouldBe(("", 0));
        live["exception"]!["type"]!.GetValue<string>().ShouldBe("ZeroDivisionError");
        events.Printed("stdout").ShouldBe(live.Text("output"));
        events.Seen.ShouldNotContain(told => told.Type == "stderr");
        (waited.Output, waited.Error).ShouldBe((live.Text("output"), ""));
    }

    [Fact]
    public async Task EmptyProgram_ExitsWithZero()
    {
        var result = await product.PostAsync(new { user_id = _user, code = "" });

        (result.Text("outcome"), result["return_code"]!.GetValue<int>(), result.Text("output")).ShouldBe(("Succeeded", 0, ""));
    }

    [Fact]
    public async Task LargestRequest_FitsIntoOneMessage()
    {
        const int Mebi = 1 << 20;
        var request = new ExecuteRequest
        {
            UserId = _user,
            Code = "import os, sys\nprint(len(sys.stdin.read()), os.path.getsize('a'), os.path.getsize('b'))".PadRight(Mebi),
            Stdin = new string('x', Mebi),
            Files =
            {
                new InlineFile { Filename = "a", Content = ByteString.CopyFrom(new byte[Mebi]) },
                new InlineFile { Filename = "b", Content = ByteString.CopyFrom(new byte[Mebi]) },
            },
        };

        var result = await new ExecutionService.ExecutionServiceClient(product.Grpc).ExecuteAsync(
            request,
            cancellationToken: TestContext.Current.CancellationToken
        );

        result.Output.ShouldBe($"{Mebi} {Mebi} {Mebi}\n", result.Error);
    }
}
