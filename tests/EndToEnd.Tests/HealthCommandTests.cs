using System.Diagnostics;

namespace CodeInterpreter.EndToEnd.Tests;

/// <summary>What the engine asks a service's container. The file store can do without any other server.</summary>
public sealed class HealthCommandTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
    private ServiceProcess _fileStore = null!;

    public async ValueTask InitializeAsync() =>
        _fileStore = await ServiceProcess.StartAsync(
            "FileStore",
            new Dictionary<string, string> { ["FileStore:DataDirectory"] = _directory }
        );

    public async ValueTask DisposeAsync()
    {
        await _fileStore.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("*")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    public async Task Health_ReadyService_IsHealthyForEveryFormOfItsAddress(string host)
    {
        var (exitCode, output) = await AskAsync($"http://{host}:{_fileStore.Http.BaseAddress!.Port}");

        output.ShouldBe("Healthy");
        exitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Health_StoppedService_FailsWithItsAddress()
    {
        await _fileStore.StopAsync();
        var address = _fileStore.Http.BaseAddress!.ToString();

        var (exitCode, output) = await AskAsync(address);

        output.ShouldStartWith(address);
        exitCode.ShouldBe(1);
    }

    private static async Task<(int ExitCode, string Output)> AskAsync(string url)
    {
        var start = new ProcessStartInfo("dotnet", [ServiceProcess.AssemblyOf("FileStore"), "health"]) { RedirectStandardOutput = true };
        start.Environment["Kestrel__Endpoints__Http__Url"] = url;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim());
    }
}
