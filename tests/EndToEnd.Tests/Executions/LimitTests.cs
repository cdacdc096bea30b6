using System.Text;
using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>Each limit a caller may set holds, and its result says so.</summary>
public sealed class LimitTests(StandaloneFixture product)
{
    private const int Half = 500;
    private static readonly string[] Names = ["a", "b", "c"];

    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task CpuTime_IsThatOfAllProcessesTogether()
    {
        var result = await ExecuteAsync(
            "import os\nprint('before')\nos.fork(); os.fork()\nwhile True: pass",
            new { cpu_time_seconds = 1.5, wall_time_seconds = 120 }
        );

        (result.Text("outcome"), result.Text("killed_by"), result.Text("output")).ShouldBe(("TimedOut", "CpuTime", "before\n"));
        var used = result["usage"]!["cpu_user_seconds"]!.GetValue<double>() + result["usage"]!["cpu_system_seconds"]!.GetValue<double>();
        used.ShouldBeGreaterThanOrEqualTo(1.5);
        result.Text("message").ShouldContain("1.5 s");
    }

    [Fact]
    public async Task CpuTime_DoesNotPassWhileCodeWaits()
    {
        var result = await ExecuteAsync("import time\ntime.sleep(0.6)\nprint('waited')", new { cpu_time_seconds = 0.5 });

        result.Text("output").ShouldBe("waited\n");
    }

    [Fact]
    public async Task Memory_IsLessThanTheDefault()
    {
        const string Code = "x = b'x' * (200 * 1024 * 1024)\nprint(len(x))";

        var limited = await ExecuteAsync(Code, new { memory_bytes = 128 * 1024 * 1024 });
        var unlimited = await ExecuteAsync(Code, new { });

        (limited.Text("outcome"), limited.Text("killed_by"), limited.Text("output")).ShouldBe(("OutOfMemory", "Memory", ""));
        unlimited.Text("output").ShouldBe("209715200\n");
    }

    [Fact]
    public async Task Processes_AtTheLimit_CodeContinues()
    {
        var result = await ExecuteAsync(
            """
            import errno, os, signal
            children = []
            try:
                while True:
                    child = os.fork()
                    if child == 0: signal.pause()
                    children.append(child)
            except OSError as e:
                print(errno.errorcode[e.errno], 0 < len(children) < 16)
            """,
            new { processes = 16 }
        );

        (result.Text("output"), result.Text("outcome")).ShouldBe(("EAGAIN True\n", "Succeeded"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Processes_AreThoseOfTheCode(int processes)
    {
        var result = await ExecuteAsync(
            """
            import os, signal
            count = 1
            try:
                while True:
                    if os.fork() == 0: signal.pause()
                    count += 1
            except BlockingIOError:
                print(count)
            """,
            new { processes }
        );

        (result.Text("output"), result.Text("outcome")).ShouldBe(($"{processes}\n", "Succeeded"));
    }

    [Fact]
    public async Task Processes_ForkBomb_EndsAtItsTimeoutAndDisturbsNoOther()
    {
        const string Bomb = "import os\nprint('boom')\nwhile True:\n    try: os.fork()\n    except OSError: pass";
        var bomb = ExecuteAsync(Bomb, new { processes = 64, wall_time_seconds = 2 });

        (await product.ExecuteAsync(_user, "print('fine')")).Text("output").ShouldBe("fine\n");

        var result = await bomb;
        (result.Text("outcome"), result.Text("killed_by")).ShouldBe(("TimedOut", "WallTime"));
        result.Text("output").ShouldStartWith("boom\n");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü")]
    [InlineData("€")]
    [InlineData("😀")]
    [InlineData("a😀")]
    public async Task Output_BeyondTheLimit_HasBeginningAndEndAndAFileWithAll(string text)
    {
        var result = await ExecuteAsync(
            $"import sys\nsys.stdout.write('{text}' * 1777)\nsys.stderr.write('!' * 3 + '{text}' * 1999)",
            new { output_bytes = 2 * Half }
        );

        await ShouldBeCutAsync(result, "output", "stdout.txt", string.Concat(Enumerable.Repeat(text, 1777)));
        await ShouldBeCutAsync(result, "error", "stderr.txt", "!!!" + string.Concat(Enumerable.Repeat(text, 1999)));
    }

    [Fact]
    public async Task Output_BeyondTheDefaultLimit_IsStoredByteForByte()
    {
        var result = await product.ExecuteAsync(
            _user,
            "import sys\nfor i in range(60000): sys.stdout.write(f'{i} größe €{i}\\n')\nopen('stdout.txt', 'w').write('mine')"
        );

        var printed = string.Concat(Enumerable.Range(0, 60000).Select(i => $"{i} größe €{i}\n"));
        printed.ShouldStartWith(result.Text("output"));
        printed.ShouldEndWith(result.Text("output_tail"));
        result.Text("output_file_id").ShouldBe(result.File("_stdout.txt").Text("file_id"), "the code's own file keeps its name");
        var stored = await product.DownloadAsync(_user, result.Text("output_file_id"));
        stored.ShouldBe(Encoding.UTF8.GetBytes(printed));
        Encoding.UTF8.GetString(await product.DownloadAsync(_user, result.File("stdout.txt").Text("file_id"))).ShouldBe("mine");
    }

    [Fact]
    public async Task Output_AtItsLimit_IsNotCut()
    {
        var result = await ExecuteAsync("print('x' * 99, end='€')", new { output_bytes = 102 });

        result.Text("output").ShouldBe(new string('x', 99) + "€");
        result["output_truncated"]!.GetValue<bool>().ShouldBeFalse();
        result["output_file_id"].ShouldBeNull();
        result.FileNames().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file_bytes", 1000, "TooLarge", 2)]
    [InlineData("files", 2, "TooMany", 1)]
    [InlineData("total_file_bytes", 2500, "TotalSize", 1)]
    public async Task Files_BeyondALimit_AreSkippedWithItsReason(string limit, int value, string reason, int skippedFiles)
    {
        var result = await ExecuteAsync(
            "for name, size in ('a', 1000), ('b', 1001), ('c', 1002): open(name, 'w').write('x' * size)",
            new Dictionary<string, int> { [limit] = value }
        );

        result.Text("outcome").ShouldBe("Succeeded");
        result.FileNames().ShouldBe(Names.SkipLast(skippedFiles));
        var skipped = result.Objects("skipped_files");
        skipped
            .Select(file => (file.Text("path"), file.Text("reason")))
            .ShouldBe(Names.TakeLast(skippedFiles).Select(name => (name, reason)));
        skipped.ShouldAllBe(file => file.Text("detail").Replace(",", "").Contains($"{value}"));
        result["skipped_file_count"]!.GetValue<int>().ShouldBe(skippedFiles);
    }

    private Task<JsonObject> ExecuteAsync(string code, object limits) =>
        product.PostAsync(
            new
            {
                user_id = _user,
                code,
                limits,
            }
        );

    private async Task ShouldBeCutAsync(JsonObject result, string stream, string filename, string printed)
    {
        var (head, tail) = (result.Text(stream), result.Text(stream + "_tail"));
        printed.ShouldStartWith(head);
        printed.ShouldEndWith(tail);
        Encoding.UTF8.GetByteCount(head).ShouldBeInRange(Half - 3, Half);
        Encoding.UTF8.GetByteCount(tail).ShouldBeInRange(Half - 3, Half);
        result[stream + "_truncated"]!.GetValue<bool>().ShouldBeTrue();
        result[stream + "_bytes"]!.GetValue<long>().ShouldBe(Encoding.UTF8.GetByteCount(printed));
        result.File(filename).Text("file_id").ShouldBe(result.Text(stream + "_file_id"));
        (await product.DownloadAsync(_user, result.Text(stream + "_file_id"))).ShouldBe(Encoding.UTF8.GetBytes(printed));
    }
}
