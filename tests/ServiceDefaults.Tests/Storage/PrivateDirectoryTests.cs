using System.Runtime.Versioning;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.ServiceDefaults.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateDirectoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;
    private readonly FakeLogger _logger = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Prepare_OpenRights_AreCorrectedAndLogged()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory, "data", "inner"));
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        var outside = Path.Combine(_directory, "outside");
        File.WriteAllText(outside, "");
        File.CreateSymbolicLink(Path.Combine(_directory, "data", "link"), outside);
        string[] open = [Path.Combine(_directory, "data"), folder.FullName, file, outside];
        foreach (var path in open)
            File.SetUnixFileMode(path, PrivateFiles.Directory | UnixFileMode.OtherRead);

        PrivateDirectory.Prepare(Path.Combine(_directory, "data"), _logger);

        File.GetUnixFileMode(open[0]).ShouldBe(PrivateFiles.Directory);
        File.GetUnixFileMode(open[1]).ShouldBe(PrivateFiles.Directory);
        File.GetUnixFileMode(open[2]).ShouldBe(PrivateFiles.File);
        File.GetUnixFileMode(outside).ShouldBe(PrivateFiles.Directory | UnixFileMode.OtherRead);
        var record = _logger.Collector.GetSnapshot().ShouldHaveSingleItem();
        record.Level.ShouldBe(LogLevel.Warning);
        record.Message.ShouldStartWith("3 files and folders in ");
        record.Message.ShouldNotContain("inner");
    }

    [Fact]
    public void Prepare_PrivateDirectory_LogsNothing()
    {
        PrivateDirectory.Prepare(Path.Combine(_directory, "new", "inner"), _logger);
        PrivateDirectory.Prepare(Path.Combine(_directory, "new", "inner"), _logger);

        File.GetUnixFileMode(Path.Combine(_directory, "new", "inner")).ShouldBe(PrivateFiles.Directory);
        _logger.Collector.Count.ShouldBe(0);
    }

    [Fact]
    public void PrepareForStart_NotADirectory_NamesTheSetting()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "");

        var refusal = Should.Throw<StartRefusedException>(() => PrivateDirectory.PrepareForStart(file, "Test:DataDirectory", _logger));

        refusal.Message.ShouldStartWith($"Test:DataDirectory is '{file}': the directory cannot be used.");
    }

    [Fact]
    public void PrepareForStart_LeavesNothingInIt()
    {
        PrivateDirectory.PrepareForStart(_directory, "Test:DataDirectory", _logger);

        Directory.GetFileSystemEntries(_directory).ShouldBeEmpty();
    }
}
