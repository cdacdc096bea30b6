using System.Net;
using System.Net.Sockets;

namespace CodeInterpreter.EndToEnd.Tests.Starts;

/// <summary>Starts that end before the service serves: a line for each reason, and nothing else.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private const int Configuration = 78;

    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("Gateway", "Gateway:Acces:Mode", "Gateway:Access:Mode")]
    [InlineData("Gateway", "Gatway:Access:Mode", "Gateway:Access:Mode")]
    [InlineData("Gateway", "MessageBus:RabitMq", "MessageBus:RabbitMq")]
    [InlineData("Runner", "Runner:Slot", "Runner:Slots")]
    [InlineData("Runner", "Docker:EndPoints", "Docker:Endpoint")]
    [InlineData("FileStore", "FileStore:Retenton", "FileStore:Retention")]
    [InlineData("FileStore", "FileStore:Blobs:S3:Buckets", "FileStore:Blobs:S3:Bucket")]
    [InlineData("Standalone", "Gateway:Acces:Mode", "Gateway:Access:Mode")]
    [InlineData("Standalone", "FileStor:Retention", "FileStore:Retention")]
    [InlineData("Standalone", "Standalone:DataDirectories", "Standalone:DataDirectory")]
    public async Task MisspeltSetting_EndsTheStartAndNamesTheNearestOne(string service, string name, string nearest)
    {
        var end = await StartAsync(service, (name, "1"));

        var variable = name.Replace(":", "__", StringComparison.Ordinal);
        ShouldBeRefused(end, $"error: {name} is no setting (environment variable {variable}). Did you mean {nearest}?");
    }

    [Fact]
    public async Task MisspeltSetting_OnTheCommandLineOrInAFile_EndsTheStart()
    {
        const string settings = """{ "FileStore": { "MaxFileByte": 1 } }""";
        await File.WriteAllTextAsync(Path.Combine(_directory, "appsettings.json"), settings, TestContext.Current.CancellationToken);

        var end = await ServiceProcess.RunAsync("FileStore", ["--FileStore:Retenton", "48h"], Settings(), _directory);

        ShouldBeRefused(
            end,
            "error: FileStore:MaxFileByte is no setting (appsettings.json). Did you mean FileStore:MaxFileBytes?",
            "error: FileStore:Retenton is no setting (command line). Did you mean FileStore:Retention?"
        );
    }

    [Fact]
    public async Task InvalidValues_AreAllReportedWithWhatIsAllowedAndWithoutSecrets()
    {
        const string duration = "must be a duration such as 48h, 15m, 90s, 500ms, 2d or 00:15:00.";

        var end = await StartAsync(
            "Standalone",
            ("Gateway:Access:Mode", "Requird"),
            ("FileStore:Retention", "48"),
            ("Runner:Slots", "-1"),
            ("Pool:MaintenanceDelay", "100"),
            ("Trust:Key", "c2VjcmV0"),
            ("MessageBus:Transport", "Rabbit"),
            ("Gateway:Executions:DefaultWallTime", "6m")
        );

        ShouldBeRefused(
            end,
            "error: Gateway:Access:Mode is 'Requird': must be one of Loopback, Required, None.",
            "error: Trust:Key, whose value is not shown here, must be at least 32 bytes in base64.",
            "error: Gateway:Executions:DefaultWallTime is '6m': (00:06:00) must not be more than MaxWallTime",
            $"error: FileStore:Retention is '48': {duration}",
            "error: Runner:Slots is '-1': must be 0 to 256.",
            $"error: Pool:MaintenanceDelay is '100': {duration}",
            "error: MessageBus:Transport is 'Rabbit': must be one of RabbitMq, InMemory."
        );
    }

    [Theory]
    [InlineData("FileStore")]
    [InlineData("Gateway")]
    [InlineData("Standalone")]
    public async Task PortInUse_IsReportedWithItsSetting(string service)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var end = await StartAsync(service, ("Kestrel:Endpoints:Http:Url", url));

        ShouldBeRefused(
            end,
            $"error: Kestrel:Endpoints:Http:Url is '{url}': another process listens there. Stop it, or choose another port."
        );
    }

    [Theory]
    [InlineData("FileStore", "FileStore:DataDirectory")]
    [InlineData("Gateway", "Gateway:DataDirectory")]
    [InlineData("Standalone", "Standalone:DataDirectory")]
    public async Task DataDirectory_ThatIsAFile_IsReportedWithItsSetting(string service, string setting)
    {
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var end = await StartAsync(service, (setting, file));

        ShouldBeRefused(end, $"error: {setting} is '{file}': the directory cannot be used.");
    }

    [Fact]
    public async Task Engine_Unavailable_IsReportedWithItsAddress() =>
        ShouldBeRefused(
            await StartAsync("Runner", ("Docker:Endpoint", $"unix://{_directory}/engine.sock")),
            "error: The Docker engine at "
        );

    [Theory]
    [InlineData("Kestrel:Endpoints:Http:Url", "nonsense")]
    [InlineData("Logging:LogLevel:Default", "Loud")]
    public async Task FrameworkSetting_Invalid_IsReportedWithoutAStackTrace(string setting, string value)
    {
        var end = await StartAsync("FileStore", (setting, value));

        end.ExitCode.ShouldBe(Configuration, end.Output + end.Errors);
        end.ErrorLines.ShouldHaveSingleItem().ShouldContain(value);
    }

    [Fact]
    public async Task SettingsFile_Unreadable_IsReportedWithItsName()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "appsettings.json"), "{ nonsense", TestContext.Current.CancellationToken);

        var end = await ServiceProcess.RunAsync("FileStore", [], Settings(), _directory);

        end.ExitCode.ShouldBe(Configuration, end.Output + end.Errors);
        end.ErrorLines.ShouldHaveSingleItem().ShouldContain("appsettings.json");
    }

    [Fact]
    public async Task Listening_BeyondTheLoopbackWithoutKeys_IsRefusedWithTheRemedy() =>
        ShouldBeRefused(await StartAsync("Gateway", ("Kestrel:Endpoints:Http:Url", "http://*:0")), "error: The gateway would listen on");

    [Fact]
    public async Task PublishedPorts_BeyondTheLoopbackWithoutKeys_AreRefusedWithTheRemedy() =>
        ShouldBeRefused(
            await StartAsync("Gateway", ("Kestrel:Endpoints:Http:Url", "http://*:0"), ("Gateway:Access:PublishedOn", "0.0.0.0")),
            "error: Gateway:Access:PublishedOn is '0.0.0.0': must be a loopback address"
        );

    private Task<ProgramEnd> StartAsync(string service, params (string Name, string Value)[] settings)
    {
        var all = Settings();
        foreach (var (name, value) in settings)
            all[name] = value;
        return ServiceProcess.RunAsync(service, [], all, _directory);
    }

    // Ports that nobody else has, so that a test that fails disturbs nobody.
    private Dictionary<string, string> Settings() =>
        new()
        {
            ["FileStore:DataDirectory"] = Path.Combine(_directory, "files"),
            ["Gateway:DataDirectory"] = Path.Combine(_directory, "gateway"),
            ["Standalone:DataDirectory"] = Path.Combine(_directory, "data"),
            ["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Grpc:Url"] = "http://127.0.0.1:0",
        };

    private static void ShouldBeRefused(ProgramEnd end, params string[] lines)
    {
        end.ExitCode.ShouldBe(Configuration, end.Output + end.Errors);
        end.ErrorLines.Length.ShouldBe(lines.Length, end.Errors);
        foreach (var line in lines)
            end.ErrorLines.ShouldContain(said => said.StartsWith(line, StringComparison.Ordinal), end.Errors);
        end.Output.ShouldNotContain("   at ");
    }
}
