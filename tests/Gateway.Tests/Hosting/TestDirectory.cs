using Microsoft.AspNetCore.Builder;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>A directory for one host, with a path short enough for the socket in it.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-").FullName;

    /// <summary>A host that lives here. It watches no files: a machine has few watchers, and tests start many hosts.</summary>
    public WebApplicationOptions HostOptions => new() { ContentRootPath = Path, Args = ["--hostBuilder:reloadConfigOnChange=false"] };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
