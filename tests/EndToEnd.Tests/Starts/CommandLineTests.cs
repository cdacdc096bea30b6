namespace CodeInterpreter.EndToEnd.Tests.Starts;

/// <summary>What the programs of the services do besides serving.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Gateway", "keys")]
    [InlineData("Runner", null)]
    [InlineData("FileStore", "blobs")]
    [InlineData("Standalone", "keys")]
    public async Task Help_ListsCommandsAndThePageOfSettings(string service, string? command)
    {
        var end = await RunAsync(service, "--help");

        end.ExitCode.ShouldBe(0);
        end.Output.ShouldContain("health");
        end.Output.ShouldContain("--Section:Name value");
        end.Output.ShouldContain("\"Configuration\"");
        if (command is not null)
            end.Output.ShouldContain($"\n  {command} ");
        end.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Gateway", "helth")]
    [InlineData("Runner", "start now")]
    [InlineData("FileStore", "--verbose")]
    [InlineData("Standalone", "keys make")]
    [InlineData("Gateway", "keys create")]
    [InlineData("Gateway", "--Gateway:Access:Mode")]
    [InlineData("FileStore", "blobs migrate --from disk --to disk")]
    public async Task UnknownCommand_PrintsTheUsage(string service, string words)
    {
        var end = await RunAsync(service, words.Split(' '));

        end.ExitCode.ShouldBe(64);
        end.Errors.ShouldContain("Usage:");
        end.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Runner")]
    [InlineData("FileStore")]
    [InlineData("Standalone")]
    public async Task Health_NothingListens_ExitsWithOneAndNamesTheAddress(string service)
    {
        const string url = "http://127.0.0.1:1";

        var end = await ServiceProcess.RunAsync(
            service,
            ["health"],
            new Dictionary<string, string> { ["Kestrel:Endpoints:Http:Url"] = url }
        );

        end.ExitCode.ShouldBe(1);
        end.Output.ShouldStartWith(url);
    }

    private static Task<ProgramEnd> RunAsync(string service, params string[] arguments) =>
        ServiceProcess.RunAsync(service, arguments, new Dictionary<string, string>());
}
