using System.Net;
using CodeInterpreter.Contracts;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Gateway.Tests.Environments;

/// <summary>What runners tell of their images.</summary>
internal static class RunnerEnvironments
{
    public static readonly SandboxEnvironment Standard = new()
    {
        Kind = "standard",
        Version = "2.0",
        Revision = "abc",
        CreatedAt = new DateTimeOffset(2026, 11, 27, 7, 0, 0, TimeSpan.Zero),
        Python = "3.14.0",
        Languages = ["python", "bash"],
        Packages = [new("numpy", "2.3.3"), new("ruamel.yaml", "0.18.6"), new("Pillow", "11.1.0")],
        Tools = [new("jq", "1.8.1"), new("ffmpeg", "7.1")],
        Fonts = ["WenQuanYi Micro Hei", "DejaVu Sans"],
        Locales = ["de_DE.UTF-8", "C.UTF-8"],
        Missing = [new("polars", "Debian does not have it")],
    };

    public static RunnerEnvironment New(string runner, SandboxEnvironment? environment = null) =>
        new() { RunnerId = runner, Environment = environment ?? Standard };

    /// <summary>The answer, once what was published has arrived.</summary>
    public static async Task<HttpResponseMessage> GetWhenKnownAsync(HttpClient http, string path)
    {
        HttpResponseMessage? answer = null;
        await Eventually.TrueAsync(async () =>
        {
            answer?.Dispose();
            answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        });
        return answer.ShouldNotBeNull();
    }
}
