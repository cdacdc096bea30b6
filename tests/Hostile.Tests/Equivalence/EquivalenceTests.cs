using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CodeInterpreter.Hostile.Tests.Hosting;

namespace CodeInterpreter.Hostile.Tests.Equivalence;

/// <summary>
/// Ordinary programs print and end as they do with <c>docker run IMAGE python3 main.py</c>. A first line <c>#: stdin: ...</c> is what they
/// read. What differs on purpose is in README.md.
/// </summary>
[Collection(typeof(OneHost))]
public sealed partial class EquivalenceTests(HostileHost host)
{
    private const string Stdin = "#: stdin: ";
    private const string Here = "#: here: ";
    private static readonly string Image = Environment.GetEnvironmentVariable("SANDBOX_IMAGE") ?? "code-interpreter/sandbox:dev";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Equivalence");

    public static TheoryData<string> Programs => NamesIn("Programs");

    public static TheoryData<string> Differences => NamesIn("Differences");

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_BehavesAsWithPlainPython(string program)
    {
        var path = PathOf("Programs", program);
        var code = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var first = code.Split('\n')[0];
        var stdin = first.StartsWith(Stdin, StringComparison.Ordinal)
            ? first[Stdin.Length..].Replace("\\n", "\n", StringComparison.Ordinal)
            : "";

        var plain = PlainAsync(path, stdin);
        var result = await host.ExecuteAsync(
            new JsonObject
            {
                ["user_id"] = HostileHost.NewUser(),
                ["code"] = code,
                ["stdin"] = stdin,
            }
        );

        var (output, error, exitCode) = await plain;
        Same(result.Text("output")).ShouldBe(Same(output));
        Same(result.Text("error")).ShouldBe(Same(error));
        result["return_code"]!.GetValue<int>().ShouldBe(exitCode);
    }

    /// <summary>A first line <c>#: here: "..."</c> is what the program prints in a sandbox, and only there.</summary>
    [Theory]
    [MemberData(nameof(Differences))]
    public async Task KnownDifference_IsAsListed(string program)
    {
        var path = PathOf("Differences", program);
        var code = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var here = JsonSerializer.Deserialize<string>(code.Split('\n')[0][Here.Length..]);

        var plain = PlainAsync(path, "");
        var result = await host.ExecuteAsync(new JsonObject { ["user_id"] = HostileHost.NewUser(), ["code"] = code });

        result.Text("output").ShouldBe(here, result.ToJsonString());
        (await plain).Output.ShouldNotBe(here);
    }

    private static TheoryData<string> NamesIn(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Folder, folder), "*.py")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    private static string PathOf(string folder, string program) => Path.Combine(Folder, folder, program + ".py");

    /// <summary>
    /// Without addresses, which are never the same, and how often a line of a traceback came again, as our own frames count.
    /// </summary>
    private static string Same(string text) => Varying().Replace(text, "-");

    [GeneratedRegex("0x[0-9a-f]{6,}|(?<=repeated )[0-9]+(?= more times)")]
    private static partial Regex Varying();

    private static async Task<(string Output, string Error, int ExitCode)> PlainAsync(string path, string stdin)
    {
        using var docker = Process.Start(
            new ProcessStartInfo(
                "docker",
                [
                    // With an init: process 1 does not die of signals, and no code of ours is process 1.
                    "run",
                    "--rm",
                    "--init",
                    "--interactive",
                    "--network",
                    "none",
                    "--user",
                    "1000:1000",
                    "--volume",
                    $"{path}:/mnt/data/main.py:ro",
                    "--entrypoint",
                    "python3",
                    Image,
                    "/mnt/data/main.py",
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            }
        )!;
        var output = docker.StandardOutput.ReadToEndAsync();
        var error = docker.StandardError.ReadToEndAsync();
        await docker.StandardInput.WriteAsync(stdin);
        docker.StandardInput.Close();
        await docker.WaitForExitAsync();
        return (await output, await error, docker.ExitCode);
    }
}
