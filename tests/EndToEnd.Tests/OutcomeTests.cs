using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests;

public sealed class OutcomeTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Exception_IsAResultWithATracebackOfTheUsersCodeOnly()
    {
        var result = await product.ExecuteAsync(_user, "def f():\n    return 1 / 0\n\nf()\n");

        (result.Text("outcome"), result["return_code"]!.GetValue<int>()).ShouldBe(("NonZeroExit", 1));
        result["success"]!.GetValue<bool>().ShouldBeFalse();
        result.Text("error").ShouldContain("    return 1 / 0");
        result.Text("error").ShouldEndWith("ZeroDivisionError: division by zero\n");
        result.Text("error").Split("File \"").Length.ShouldBe(3, "two frames, both of them the user's");
    }

    [Theory]
    [InlineData("import sys; sys.exit(3)", 3)]
    [InlineData("import sys; sys.exit('no')", 1)]
    [InlineData("import os; os._exit(7)", 7)]
    [InlineData("raise SystemExit(256)", 0)]
    public async Task ExitCode_IsInTheResult(string code, int expected) =>
        (await product.ExecuteAsync(_user, code))["return_code"]!.GetValue<int>().ShouldBe(expected);

    [Fact]
    public async Task Crash_HasItsSignal()
    {
        var result = await product.ExecuteAsync(_user, "import ctypes; ctypes.string_at(0)");

        (result.Text("outcome"), result.Text("signal"), result["return_code"]!.GetValue<int>()).ShouldBe(("Signalled", "SIGSEGV", 139));
    }

    [Fact]
    public async Task EndlessLoop_IsStoppedAndOutputAndFilesRemain()
    {
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                code = "print('before')\nopen('part.txt', 'w').write('kept')\nwhile True: pass",
                limits = new { wall_time_seconds = 0.5 },
            }
        );

        (result.Text("outcome"), result.Text("killed_by")).ShouldBe(("TimedOut", "WallTime"));
        result.Text("output").ShouldBe("before\n");
        result.FileNames().ShouldBe(["part.txt"]);
        result.Text("message").ShouldContain("0.5 s");
    }

    [Fact]
    public async Task Memory_AboveTheLimit_IsOutOfMemory()
    {
        var result = await product.ExecuteAsync(_user, "x = []\nwhile True: x.append(bytearray(16 * 1024 * 1024))");

        (result.Text("outcome"), result.Text("killed_by")).ShouldBe(("OutOfMemory", "Memory"));
    }

    [Fact]
    public async Task FloodOfOutput_HasItsBeginningAndItsSize()
    {
        var result = await product.ExecuteAsync(_user, "print('start')\nfor _ in range(300): print('x' * 9999)");

        result.Text("outcome").ShouldBe("Succeeded");
        result.Text("output").ShouldStartWith("start\nxxx");
        result.Text("output").Length.ShouldBeLessThanOrEqualTo(1024 * 1024);
        result["output_truncated"]!.GetValue<bool>().ShouldBeTrue();
        result["output_bytes"]!.GetValue<long>().ShouldBe(6 + (300 * 10_000));
    }

    [Fact]
    public async Task FloodOfOutput_WithoutEnd_IsStopped()
    {
        var result = await product.ExecuteAsync(_user, "import sys\nwhile True: sys.stderr.write('y' * 65536)");

        (result.Text("outcome"), result.Text("killed_by")).ShouldBe(("OutputLimitExceeded", "Output"));
        result["error_truncated"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Output_BytesThatAreNotText_AreReplacedAndAFileHasTheOriginal()
    {
        var result = await product.ExecuteAsync(_user, "import os; os.write(1, b'a\\xff\\x00b\\xe2\\x82\\xac')");

        result.Text("output").ShouldBe("a\uFFFD\0b€");
        (await product.DownloadAsync(_user, result.Text("output_file_id"))).ShouldBe([0x61, 0xFF, 0, 0x62, 0xE2, 0x82, 0xAC]);
    }

    [Fact]
    public async Task StandardInputAndArguments_AreGivenToTheCode()
    {
        var result = await product.PostAsync(
            new
            {
                user_id = _user,
                code = "import sys\nprint(input(), sys.stdin.read(), sys.argv[1:])",
                stdin = "first\nrest",
                args = new[] { "a b", "ü" },
            }
        );

        result.Text("output").ShouldBe("first rest ['a b', 'ü']\n");
    }

    [Fact]
    public async Task StandardInput_NotGiven_IsAtItsEnd() =>
        (await product.ExecuteAsync(_user, "input()")).Text("error").ShouldContain("EOFError");

    [Fact]
    public async Task Daemon_ThatOutlivesItsParent_IsKilledAndDoesNotDelayTheResult()
    {
        var result = await product.ExecuteAsync(
            _user,
            """
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    while True:
                        time.sleep(1)
                os._exit(0)
            print('parent')
            """
        );

        (result.Text("outcome"), result.Text("output")).ShouldBe(("Succeeded", "parent\n"));
    }

    [Fact]
    public async Task ManyExecutions_AtOnce_EachHasItsOwnResult()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => product.ExecuteAsync($"{_user}-{i}", $"print({i})\nopen('{i}.txt', 'w').write('{i}')"))
        );

        results.Select(result => result.Text("output")).ShouldBe(Enumerable.Range(0, 16).Select(i => $"{i}\n"));
        results.Select(result => result.FileNames().Single()).ShouldBe(Enumerable.Range(0, 16).Select(i => $"{i}.txt"));
    }

    [Fact]
    public async Task Request_InvalidField_IsNamed()
    {
        using var content = new StringContent("""{"user_id":"no spaces","code":null}""", null, "application/json");
        using var answer = await product.Http.PostAsync("/v1/executions", content, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(400);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["user_id", "code"], ignoreOrder: true);
    }
}
