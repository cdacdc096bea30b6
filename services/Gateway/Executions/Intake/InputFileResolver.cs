using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.ServiceDefaults.Errors;
using CodeInterpreter.ServiceDefaults.Naming;
using Microsoft.Extensions.Options;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// Finds the stored files that an execution reads: those that the request lists, which must exist, and those whose ids appear in the code,
/// which need not.
/// </summary>
internal sealed class InputFileResolver(FileStoreClient fileStore, IOptions<ExecutionOptions> options)
{
    // Simultaneous look-ups of one request.
    private const int MaxLookUps = 8;

    public async Task<IReadOnlyList<InputFile>> ResolveAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        var listed = request.UserFiles.Select(file => file.FileId).OfType<string>().Distinct().ToArray();
        // The same limit holds for both together: code full of invented ids must not flood the file store.
        var mentioned = FileId
            .FindIn(request.Code ?? "", request.UserId)
            .Except(listed)
            .Take(RequestLimits.UserFiles - listed.Length)
            .ToArray();
        if (listed.Length + mentioned.Length == 0)
        {
            return [];
        }

        var files = await FindAsync(request.UserId, [.. listed, .. mentioned], cancellationToken);
        ThrowIfMissing(request.UserFiles, [.. listed.Where((_, i) => files[i] is null)]);
        var placed = Place(request.UserFiles, files.OfType<StoredFile>());
        ThrowIfTooLarge(placed.Sum(file => file.SizeBytes) + request.Files.Sum(file => (long)file.Content.Length));
        return placed;
    }

    /// <summary>Files with a name from the request come first, so that no other file takes the name.</summary>
    private static IReadOnlyList<InputFile> Place(IReadOnlyList<RequestedFile> requested, IEnumerable<StoredFile> files)
    {
        var named = requested.Where(file => file.Filename is not null).ToLookup(file => file.FileId, file => file.Filename!);
        var unnamed = requested.Where(file => file.Filename is null).Select(file => file.FileId).ToHashSet();
        var stored = files.ToArray();
        return
        [
            .. stored.SelectMany(file => named[file.FileId].Select(name => new InputFile(file.FileId, name, file.FileSize))),
            .. stored
                .Where(file => unnamed.Contains(file.FileId) || !named.Contains(file.FileId))
                .Select(file => new InputFile(file.FileId, file.Filename, file.FileSize)),
        ];
    }

    /// <summary>In the order of the ids; null for a file that does not exist.</summary>
    private async Task<StoredFile?[]> FindAsync(string userId, string[] fileIds, CancellationToken cancellationToken)
    {
        var found = new StoredFile?[fileIds.Length];
        var together = new ParallelOptions { MaxDegreeOfParallelism = MaxLookUps, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            fileIds.Length,
            together,
            async (i, token) => found[i] = await fileStore.FindAsync(userId, fileIds[i], token)
        );
        return found;
    }

    /// <summary>Refused here, because only the runner would notice that the files do not fit into the sandbox.</summary>
    private void ThrowIfTooLarge(long bytes)
    {
        if (bytes > options.Value.MaxInputFileBytes)
        {
            throw GatewayException.Invalid(
                "user_files",
                $"must be at most {options.Value.MaxInputFileBytes} bytes in all, "
                    + $"with files and those whose ids are in the code, not {bytes}."
            );
        }
    }

    private static void ThrowIfMissing(IReadOnlyList<RequestedFile> userFiles, HashSet<string> missing)
    {
        if (missing.Count == 0)
        {
            return;
        }

        var violations = userFiles
            .Where(file => file.FileId is not null && missing.Contains(file.FileId))
            .Select(file => new FieldViolation(file.Field, "was not found or has expired."));
        throw GatewayException.Invalid([.. violations.Take(RequestLimits.ReportedViolations)]);
    }
}
