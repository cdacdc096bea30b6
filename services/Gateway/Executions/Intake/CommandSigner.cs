using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// Adds two signatures to a command: the grant, with which a runner uses the file store for this execution only, and the proof, with which
/// it reports events.
/// </summary>
internal sealed class CommandSigner(TrustTokens tokens, IOptions<ExecutionOptions> options)
{
    // Runners also store long output as files: one for each stream, at most as large as their settings allow.
    private const int OutputFiles = 2;
    private const long OutputFileBytes = 64L * 1024 * 1024;

    public ExecuteCode Sign(ExecuteCode command) =>
        command with
        {
            Proof = tokens.ProofOf(command.UserId, command.ExecutionId),
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
