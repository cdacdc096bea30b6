using System.Diagnostics;
using System.Reflection;

namespace CodeInterpreter.Client.Tests.Examples;

/// <summary>The programs in <c>examples/</c>, as their users start them.</summary>
public sealed class ExampleTests(ProductFixture product)
{
    private static readonly string Folder = Path.Combine(CommandLine.Root, "examples");

    [Fact]
    public void Examples_AreShort() =>
        Directory
            .EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".py" or ".ts" || Path.GetFileName(path) == "Program.cs")
            .Where(path => File.ReadAllLines(path).Length >= 60)
            .ShouldBeEmpty();

    [Fact]
    public async Task CSharpExample_Runs()
    {
        var configuration = typeof(ExampleTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var program = Path.Combine(Folder, $"csharp/bin/{configuration}/net10.0/CodeInterpreter.Example.dll");

        (await RunAsync("dotnet", program)).ShouldBe(
            """
            2 months
            total 7
            report.csv: ,sold
            NonZeroExit: name 'undefined' is not defined
            INVALID_ARGUMENT: limits.wall_time_seconds

            """
        );
    }

    [Fact]
    public async Task PythonExample_WithTheStandardLibrary_Runs() =>
        (await RunAsync("python3", Path.Combine(Folder, "python/run.py"))).ShouldBe(
            """
            Succeeded 7
            sales.json True
            name 'undefined' is not defined
            400 ['language']

            """
        );

    [Fact]
    public async Task PythonExample_OverGrpc_Runs() =>
        (
            await RunAsync("python3", Path.Combine(Folder, "python/grpc_stream.py"), ("PYTHONPATH", await PythonPackages.FolderAsync()))
        ).ShouldBe(
            """
            0
            1
            2
            OUTCOME_SUCCEEDED
            49
            144
            INVALID_ARGUMENT

            """
        );

    [Fact]
    public async Task PythonExample_AsALangChainTool_Runs()
    {
        var printed = await RunAsync(
            "python3",
            Path.Combine(Folder, "python/langchain_tool.py"),
            ("PYTHONPATH", await PythonPackages.FolderAsync())
        );

        printed.ShouldMatch(@"^42\n\na\.txt: example_\w+\nSucceeded\n$");
    }

    [Fact]
    public async Task PythonExample_WithAModelThatCallsATool_Runs()
    {
        await using var model = new ModelServer(
            ModelServer.Calls("run_python", new { code = "a, b = 0, 1\nfor _ in range(30): a, b = b, a + b\na" }),
            ModelServer.Says("It is 832040.")
        );

        var printed = await RunAsync(
            "python3",
            Path.Combine(Folder, "python/tool_loop.py"),
            ("OPENAI_BASE_URL", model.Address),
            ("OPENAI_API_KEY", "none")
        );

        printed.ShouldEndWith("It is 832040.\n");
        var (first, second) = (model.Requests[0]["messages"]!.AsArray(), model.Requests[1]["messages"]!.AsArray());
        first[0]!["content"]!.GetValue<string>().ShouldStartWith("Code runs in a fresh Linux sandbox");
        model.Requests[0]["tools"]![0]!["function"]!["name"]!.GetValue<string>().ShouldBe("run_python");
        (second[^1]!["role"]!.GetValue<string>(), second[^1]!["content"]!.GetValue<string>()).ShouldBe(("tool", "832040\n"));
    }

    [Fact]
    public async Task TypeScriptExample_Runs()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Folder, "typescript/run.ts"), TestContext.Current.CancellationToken);
        // The Node.js of the sandboxes is new enough, that of the machine may not be; Debian's leaves the types to esbuild.
        var start = new ProcessStartInfo(
            "docker",
            [
                "run",
                "--rm",
                "--interactive",
                "--network=host",
                $"--env=CODE_INTERPRETER_URL={product.Http.GetLeftPart(UriPartial.Authority)}",
                "--entrypoint=sh",
                "code-interpreter/sandbox:dev",
                "-c",
                "esbuild --loader=ts | node --input-type=module -",
            ]
        );

        (await CommandLine.RunAsync(start, source)).ShouldBe(
            """
            Succeeded 42
            a.txt hello
            0
            1
            2
            Succeeded
            400

            """
        );
    }

    private Task<string> RunAsync(string program, string file, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, [file]);
        start.Environment["CODE_INTERPRETER_URL"] = product.Http.GetLeftPart(UriPartial.Authority);
        start.Environment["CODE_INTERPRETER_GRPC"] = product.Address.GetLeftPart(UriPartial.Authority);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return CommandLine.RunAsync(start);
    }
}
