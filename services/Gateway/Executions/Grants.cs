using CodeInterpreter.Contracts;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Signs what an execution may do in the file store, so that runners need no rights of their own, and adds what its events and the
/// command itself are known by.
/// </summary>
internal sealed class Grants(TrustTokens tokens, IOptions<ExecutionOptions> options)
{
    // A runner stores long output as files, too: one for each stream, as large as runners may be set to.
    private const int OutputFiles = 2;
    private const long OutputFileBytes = 64L * 1024 * 1024;

    public ExecuteCode AddTo(ExecuteCode command) =>
        command with
        {
            Proof = tokens.ProofOf(command.UserId, command.ExecutionId),
            Seal = tokens.SealOf(command.UserId, command.ExecutionId, command.Deadline, command.Code),
            Grant = tokens.ForExecution(
                new ExecutionGrant(
                    command.UserId,
                    command.ExecutionId,
                    [.. command.InputFiles.Select(file => file.FileId)],
                    (command.Limits.Files ?? options.Value.MaxFiles) + OutputFiles,
                    (command.Limits.TotalFileBytes ?? options.Value.MaxTotalFileBytes) + (OutputFiles * OutputFileBytes),
                    command.Deadline + ExecutionRecord.HarvestTime
                )
            ),
        };
}
