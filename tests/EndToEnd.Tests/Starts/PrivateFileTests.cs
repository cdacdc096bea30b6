using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;

namespace CodeInterpreter.EndToEnd.Tests.Starts;

/// <summary>Files of the services on the disk, and the directory they are in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests : IAsyncLifetime
{
    private const UnixFileMode PrivateDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task DataDirectory_WithOpenRights_IsMadePrivate()
    {
        // As a shell, a script or an earlier version leave it.
        var data = MakeOpen("data");
        foreach (var folder in (string[])["executions", "files", "files/user_files"])
            MakeOpen(Path.Combine("data", folder));
        foreach (var file in (string[])["executions/executions.db", "files/metadata.db", "files/user_files/earlier", "runner-id"])
            await File.WriteAllTextAsync(Path.Combine(data, file), file == "runner-id" ? $"test-{Guid.NewGuid():N}" : "", Token);
        Reachable(data).Length.ShouldBe(8);

        await using var product = await StandaloneProcess.StartAsync(data);
        using var answer = await product.Http.PostAsJsonAsync(
            "/v1/executions",
            new { user_id = "me", code = "open('a.txt', 'w').write('x')" },
            Token
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Reachable(data).ShouldBeEmpty();
        File.GetUnixFileMode(data).ShouldBe(PrivateDirectory);
        string[] expected = ["executions/executions.db-wal", "files/metadata.db-wal", "files.sock", "lock"];
        foreach (var file in expected)
            File.Exists(Path.Combine(data, file)).ShouldBeTrue(file);
        Directory.GetFiles(Path.Combine(data, "files", "user_files", "me")).ShouldNotBeEmpty();
        product.Log.ShouldContain("8 files and folders in");
    }

    [Theory]
    [InlineData("Gateway", "Gateway:DataDirectory")]
    [InlineData("FileStore", "FileStore:DataDirectory")]
    public async Task DataDirectory_OfEachService_IsMadePrivate(string service, string setting)
    {
        var data = MakeOpen(service);
        await File.WriteAllTextAsync(Path.Combine(data, "left-behind"), "", Token);

        await using var process = ServiceProcess.Launch(
            service,
            new Dictionary<string, string>
            {
                [setting] = data,
                ["MessageBus:Transport"] = "InMemory",
                ["Gateway:FileStoreAddress"] = "unix:///nowhere/files.sock",
            }
        );
        await process.UntilListeningAsync();

        Reachable(data).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_CreatedBeforeTheFirstStart_ArePrivateAndFoundFromAnyDirectory()
    {
        // The rule for where data are, without a setting: the account's own folder for such.
        var settings = new Dictionary<string, string> { ["XDG_DATA_HOME"] = _directory };
        var made = await ServiceProcess.RunAsync("Standalone", ["keys", "create", "--name", "bot"], settings, Path.GetTempPath());
        made.ExitCode.ShouldBe(0, made.Errors);
        var data = Path.Combine(_directory, "code-interpreter");
        File.Exists(Path.Combine(data, "executions", "executions.db")).ShouldBeTrue();
        Reachable(data).ShouldBeEmpty();

        settings["Gateway:Access:Mode"] = "Required";
        settings["Pool:Bare"] = "1";
        settings["Pool:Data"] = "0";
        await using var product = await ServiceProcess.StartAsync("Standalone", settings);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/files/usage?user_id=me");
        request.Headers.Authorization = new("Bearer", made.Output.Trim());
        using var answer = await product.Http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private string MakeOpen(string folder)
    {
        var path = Path.Combine(_directory, folder);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, PrivateDirectory | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return path;
    }

    private static string[] Reachable(string directory) =>
        [
            .. Directory
                .EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)
                .Append(directory)
                .Where(path => (File.GetUnixFileMode(path) & OfOthers) != 0),
        ];
}
