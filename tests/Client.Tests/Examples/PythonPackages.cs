using System.Diagnostics;

namespace CodeInterpreter.Client.Tests.Examples;

/// <summary>The packages of the Python examples, installed once for this checkout where an index answers.</summary>
internal static class PythonPackages
{
    private static readonly SemaphoreSlim Installing = new(1);
    private static readonly string Folder = Path.Combine(CommandLine.Root, ".state/examples-python");
    private static readonly string Wanted = Path.Combine(CommandLine.Root, "examples/python/requirements.txt");

    private static string Mark => Path.Combine(Folder, "requirements.txt");

    /// <summary>The folder that they are in. Skips the test where they cannot be had.</summary>
    public static async Task<string> FolderAsync()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!File.Exists(Mark) || await File.ReadAllTextAsync(Mark) != await File.ReadAllTextAsync(Wanted))
                await InstallAsync();
        }
        finally
        {
            Installing.Release();
        }

        return Folder;
    }

    private static async Task InstallAsync()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        string[] pip = ["-m", "pip", "install", "--quiet", "--retries", "0", "--target", Folder, "--requirement", Wanted];
        var (exitCode, _, error) = await CommandLine.TryAsync(new ProcessStartInfo("python3", pip));
        Assert.SkipUnless(
            exitCode == 0,
            "The packages of examples/python/requirements.txt cannot be installed here, so this example did not run: "
                + error.Trim().Split('\n')[^1]
        );
        File.Copy(Wanted, Mark);
    }
}
