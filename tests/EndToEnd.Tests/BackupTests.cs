using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>The commands of docs/operations.md, while the product runs, and a start with what they have copied.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly string Page = Path.Combine(
        typeof(ServiceProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Root")
            .Value!,
        "docs/operations.md"
    );

    private readonly string _data = StandaloneProcess.NewDataDirectory();
    private readonly string _backup = StandaloneProcess.NewDataDirectory();

    public void Dispose()
    {
        Directory.Delete(_backup, recursive: true);
        if (Directory.Exists(_data))
            Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task ABackup_BringsBackKeysFilesAndResults()
    {
        string key,
            executionId,
            fileId;
        await using (var product = await StartAsync())
        {
            var created = await ServiceProcess.RunAsync("Standalone", ["keys", "create", "--name", "bot"], Settings);
            key = created.Output.Trim();
            product.Http.DefaultRequestHeaders.Add("X-Api-Key", key);
            using var answer = await product.Http.PostAsJsonAsync(
                "/v1/executions",
                new { user_id = "u", code = "open('out.txt', 'w').write('kept')\nprint('done')" },
                TestContext.Current.CancellationToken
            );
            var result = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
            executionId = result.Text("execution_id");
            fileId = result.Objects("generated_files").ShouldHaveSingleItem().Text("file_id");

            await RunAsync(CommandsUnder("Backup"));
            // The disk is lost.
        }

        Directory.CreateDirectory(_data);
        await RunAsync(CommandsUnder("Restore"));
        await using var restored = await StartAsync();
        restored.Http.DefaultRequestHeaders.Add("X-Api-Key", key);

        var execution = await restored.Http.GetFromJsonAsync<JsonObject>(
            $"/v1/executions/{executionId}?user_id=u",
            TestContext.Current.CancellationToken
        );
        execution!["result"]!.AsObject().Text("output").ShouldBe("done\n");
        (await restored.Http.GetStringAsync($"/v1/files/{fileId}/content?user_id=u", TestContext.Current.CancellationToken)).ShouldBe(
            "kept"
        );
        restored.Log.ShouldNotContain("fail:");
    }

    private Dictionary<string, string> Settings =>
        new()
        {
            ["Standalone:DataDirectory"] = _data,
            ["Gateway:Access:Mode"] = "Required",
            ["Pool:Bare"] = "1",
            ["Pool:Data"] = "0",
        };

    private Task<StandaloneProcess> StartAsync() =>
        StandaloneProcess.StartAsync(_data, [.. Settings.Select(setting => (setting.Key, setting.Value))]);

    private static string CommandsUnder(string title) =>
        Regex
            .Match(
                File.ReadAllText(Page),
                $@"^### {title}$.*?^```sh$\n(?<commands>.*?)^```$",
                RegexOptions.Multiline | RegexOptions.Singleline
            )
            .Groups["commands"]
            .Value;

    private async Task RunAsync(string commands)
    {
        commands.ShouldNotBeEmpty();
        var start = new ProcessStartInfo("bash", ["-euc", Sqlite + commands]) { RedirectStandardError = true };
        (start.Environment["DATA"], start.Environment["BACKUP"]) = (_data, _backup);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors);
    }

    // Where the command is not installed, Python's library.
    private const string Sqlite = """
        command -v sqlite3 >/dev/null ||
          sqlite3() { python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1], isolation_level=None).execute(sys.argv[2])' "$@"; }

        """;
}
