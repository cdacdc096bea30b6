using System.Diagnostics;
using System.Runtime.CompilerServices;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Api;

/// <summary>The document and the tools of others: a linter, and a generator of TypeScript types.</summary>
public sealed class TypeScriptClientTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_IsValid_AndAClientFromItCompilesAndRunsCode()
    {
        using var folder = new TestDirectory();
        foreach (var file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Here())!, "Clients")))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        var document = await fixture.Gateway.Http.GetStringAsync("/openapi/v1.json", Token);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "api.json"), document, Token);
        await RunAsync("npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");

        (await RunAsync("node", "lint.mjs", "api.json")).ShouldBeEmpty();
        await RunAsync("node", "node_modules/openapi-typescript/bin/cli.js", "api.json", "--output", "api.d.ts");
        await RunAsync("node", "node_modules/typescript/bin/tsc");
        var address = fixture.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        (await RunAsync("node", "client.js", address, GatewayFixture.NewUser())).ShouldBe(
            "Succeeded Finished INVALID_ARGUMENT page_size\n"
        );

        async Task<string> RunAsync(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(Token);
            var output = await process.StandardOutput.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}{await errors}");
            return output;
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
