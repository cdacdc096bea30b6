using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Documentation;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>
/// Clients that were not written here: the gRPC library of Node.js, which knows only the protos, or not even those but asks the server by
/// reflection as grpcurl does, and curl.
/// </summary>
public sealed class ForeignClientTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    [Fact]
    public async Task GrpcJs_WithTheProtosOnly_UsesTheWholeApi()
    {
        using var folder = await ClientsAsync();

        var output = await RunAsync(folder.Path, "node", "client.mjs", product.Grpc.Target, Path.Combine(Root, "protos"), _user);

        var seen = JsonNode.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!.AsObject();
        (seen.Text("output"), seen.Text("outcome"), seen.Text("downloaded")).ShouldBe(("from afar\n", "OUTCOME_SUCCEEDED", "FROM AFAR"));
        seen["events"]!.AsArray().Select(told => told!.GetValue<string>()).ShouldBe(["accepted", "started", "stdout", "finished"]);
        (seen.Text("live"), seen.Text("heard")).ShouldBe(("live\n", "Hello Ada\n"));
        seen["refusal"]!.GetValue<int>().ShouldBe(3, "INVALID_ARGUMENT");
        seen.Text("cancelled").ShouldBe("OUTCOME_CANCELLED");
    }

    [Fact]
    public async Task Grpcurl_ExamplesOfThePage_WorkThroughReflection()
    {
        const string Placeholder = "0190b6c2f1f37c6e8a3f5d7b9c1e2a4d";
        using var folder = await ClientsAsync();
        var examples = ApiPage.Examples.Where(example => example.IsGrpcurl).ToDictionary(example => example.Text.TrimEnd().Split('/')[^1]);
        var called = new List<string>();
        var executionId = Placeholder;

        (await CallAsync("Execute"))[0].Text("output").ShouldBe("42\n");
        Printed(await CallAsync("ExecuteStream")).ShouldBe("abc\n");
        Printed(await CallAsync("ExecuteInteractive")).ShouldBe("49\n");
        executionId = (await CallAsync("Submit"))[0].Text("execution_id");
        (await CallAsync("Wait"))[0]["result"]!.AsObject().Text("output").ShouldBe("1\n");
        (await CallAsync("Follow"))[^1]["finished"]!.AsObject().Text("outcome").ShouldBe("OUTCOME_SUCCEEDED");
        await CallAsync("Cancel");
        (await CallAsync("List"))[0]["executions"]!
            .AsArray()
            .Select(execution => execution!.AsObject().Text("execution_id"))
            .ShouldContain(executionId);
        called.ShouldBe(examples.Keys, ignoreOrder: true);

        async Task<List<JsonObject>> CallAsync(string method)
        {
            called.Add(method);
            var text = examples[method]
                .Text.Replace("grpcurl", "node reflect.mjs")
                .Replace("127.0.0.1:8081", product.Grpc.Target)
                .Replace("\"me\"", $"\"{_user}\"")
                .Replace(Placeholder, executionId);
            return
            [
                .. (await RunAsync(folder.Path, "bash", "-c", text))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonNode.Parse(line)!.AsObject()),
            ];
        }

        static string Printed(IEnumerable<JsonObject> events) =>
            string.Concat(events.Where(told => told.ContainsKey("stdout")).Select(told => told["stdout"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Curl_RunsUploadsAndDownloads()
    {
        using var folder = new TemporaryFolder();
        var address = product.Http.BaseAddress;
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "in.csv"), "a,b\n1,2\n", TestContext.Current.CancellationToken);

        var uploaded = JsonNode.Parse(await CurlAsync(folder.Path, "-F", $"user_id={_user}", "-F", "file=@in.csv", $"{address}v1/files"))!;
        var fileId = uploaded["files"]![0]!["file_id"]!.GetValue<string>();
        var request = new JsonObject
        {
            ["user_id"] = _user,
            ["code"] = $"print(len(load_file('{fileId}')))\nopen('größe.txt', 'w').write('ü')",
        };
        var result = JsonNode.Parse(await CurlAsync(folder.Path, "--json", request.ToJsonString(), $"{address}v1/executions"))!.AsObject();
        var stored = result["generated_file_ids"]![0]!.GetValue<string>();
        await CurlAsync(folder.Path, "-OJ", $"{address}v1/files/{stored}/content?user_id={_user}");
        var stream = await CurlAsync(folder.Path, "-N", "--json", request.ToJsonString(), $"{address}v1/executions/stream");

        result.Text("output").ShouldBe("1\n");
        (
            await File.ReadAllTextAsync(
                Directory.GetFiles(folder.Path, "*.txt").ShouldHaveSingleItem(),
                TestContext.Current.CancellationToken
            )
        ).ShouldBe("ü");
        stream
            .Split('\n')
            .Where(line => line.StartsWith("event: ", StringComparison.Ordinal) && !line.Contains("queued"))
            .ShouldBe(["event: accepted", "event: started", "event: stdout", "event: file", "event: finished"]);
    }

    private static async Task<TemporaryFolder> ClientsAsync()
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "tests/EndToEnd.Tests/Clients")))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        await RunAsync(folder.Path, "npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
        return folder;
    }

    private static Task<string> CurlAsync(string folder, params string[] arguments) =>
        RunAsync(folder, "curl", ["--silent", "--show-error", "--fail-with-body", .. arguments]);

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }

    private static string Here([CallerFilePath] string path = "") => path;

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("foreign-client-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
