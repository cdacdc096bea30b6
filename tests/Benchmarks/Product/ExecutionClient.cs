using CodeInterpreter.Execution.V1;
using Grpc.Net.Client;

namespace CodeInterpreter.Benchmarks.Product;

/// <summary>Runs code through the gRPC API, as a user does.</summary>
internal sealed class ExecutionClient(Uri gateway) : IDisposable
{
    public const string User = "benchmark";

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(gateway);

    public ExecutionService.ExecutionServiceClient Api => new(_channel);

    /// <exception cref="InvalidOperationException">The code did not do what it should.</exception>
    public async Task<ExecutionResult> ExecuteAsync(string code, CancellationToken cancellationToken)
    {
        var result = await Api.ExecuteAsync(RequestOf(code), cancellationToken: cancellationToken);
        return result.Success ? result : throw new InvalidOperationException($"{result.Outcome}: {result.Message} {result.Error}");
    }

    public static ExecuteRequest RequestOf(string code) => new() { UserId = User, Code = code };

    public void Dispose() => _channel.Dispose();
}
