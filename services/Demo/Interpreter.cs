using System.Diagnostics;
using CodeInterpreter.Client;

namespace CodeInterpreter.Demo;

/// <summary>The service as one user sees it.</summary>
internal sealed class Interpreter(Uri address) : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    private readonly CodeInterpreterClient _client = new(new CodeInterpreterClientOptions { Address = address, UserId = "demo" });

    /// <summary>Runs code and returns its result, with the time from sending the request to having the answer.</summary>
    public async Task<(ExecutionResult Result, TimeSpan RoundTrip)> ExecuteAsync(string code, params string[] fileIds)
    {
        var request = new ExecutionRequest(code) { Files = [.. fileIds.Select(id => InputFile.FromStore(id))], Timeout = CallTimeout };
        var started = Stopwatch.GetTimestamp();
        var result = await _client.RunAsync(request);
        return (result, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Returns the bytes of a stored file.</summary>
    public Task<byte[]> DownloadAsync(string fileId) => _client.Files.ReadBytesAsync(fileId);

    public void Dispose() => _client.Dispose();
}
