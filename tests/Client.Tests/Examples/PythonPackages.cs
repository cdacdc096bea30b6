using System.Diagnostics;

namespace CodeInterpreter.Client.Tests.Examples;

/// <summary>A Python with the packages of the examples, made once for this checkout where an index answers.</summary>
internal static class PythonPackages
{
    private static readonly SemaphoreSlim Making = new(1);
    private static readonly string Folder = Path.Combine(CommandLine.Root, ".state/examples-python");
    private static readonly string Wanted = Path.Combine(CommandLine.Root, "examples/python/requirements.txt");

    private static string Interpreter => Path.Combine(Folder, "bin/python3");

    /// <summary>Its path. Skips the test where the packages cannot be had.</summary>
    public static async Task<string> InterpreterAsync()
    {
        await Making.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!IsMade())
                await MakeAsync();
        }
        finally
        {
            Making.Release();
        }

        return Interpreter;
    }

    private static string Mark => Path.Combine(Folder, "requirements.txt");

    private static bool IsMade() => File.Exists(Mark) && File.ReadAllText(Mark) == File.ReadAllText(Wanted);

    private static async Task MakeAsync()
    {
        await ShouldSucceedAsync("python3", "-m", "venv", "--clear", Folder);
        await ShouldSucceedAsync(Interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", Wanted);
        File.Copy(Wanted, Mark);
    }

    private static async Task ShouldSucceedAsync(string program, params string[] arguments)
    {
        var (exitCode, _, error) = await CommandLine.TryAsync(new ProcessStartInfo(program, arguments));
        Assert.SkipUnless(
            exitCode == 0,
            $"the packages of examples/python/requirements.txt cannot be installed here, so this example did not run: {error.Trim()}"
        );
    }
}
