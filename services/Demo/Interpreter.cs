using System.Diagnostics;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CodeInterpreter.Demo;

/// <summary>The public gRPC API as one user sees it.</summary>
internal sealed class Interpreter(Uri address) : IDisposable
{
    public const string UserId = "demo";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    /// <summary>Runs code and returns its result, with the time from sending the request to having the answer.</summary>
    public async Task<(ExecutionResult Result, TimeSpan RoundTrip)> ExecuteAsync(string code, params string[] userFiles)
    {
        var request = new ExecuteRequest
        {
            UserId = UserId,
            Code = code,
            UserFiles = { userFiles },
        };
        var started = Stopwatch.GetTimestamp();
        var result = await new ExecutionService.ExecutionServiceClient(_channel).ExecuteAsync(request, deadline: Deadline());
        return (result, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Returns the bytes of a stored file.</summary>
    public async Task<byte[]> DownloadAsync(string fileId)
    {
        var request = new DownloadRequest { UserId = UserId, FileId = fileId };
        using var call = new FileService.FileServiceClient(_channel).Download(request, deadline: Deadline());
        using var content = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            content.Write(part.Chunk.Span);
        return content.ToArray();
    }

    public void Dispose() => _channel.Dispose();

    private static DateTime Deadline() => DateTime.UtcNow + CallTimeout;
}
