using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Requests;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>The input files of an execution: stored files that the request names, and files that came with it.</summary>
internal sealed class InputFiles(InputFileResolver resolver, InlineFileStorage storage)
{
    /// <summary>Finds the stored files, then stores the others: nothing is stored for a request that is refused.</summary>
    public async Task<Prepared> PrepareAsync(string executionId, ExecutionRequest request, CancellationToken cancellationToken)
    {
        var referenced = await resolver.ResolveAsync(request, cancellationToken);
        return new Prepared(await storage.StoreAsync(executionId, request, cancellationToken), referenced);
    }

    /// <summary>Deletes the files that were stored for a request that was not accepted.</summary>
    public Task RemoveAsync(string userId, Prepared prepared) => storage.RemoveAsync(userId, prepared.Stored);

    /// <param name="Stored">Files that came with the request.</param>
    /// <param name="Referenced">Files that existed before.</param>
    internal sealed record Prepared(IReadOnlyList<InputFile> Stored, IReadOnlyList<InputFile> Referenced)
    {
        public static readonly Prepared None = new([], []);

        public IReadOnlyList<InputFile> All => [.. Stored, .. Referenced];
    }
}
