using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Users;

/// <summary>Everything that belongs to a user.</summary>
internal sealed class UserData(ExecutionService executions, FileStoreClient fileStore, AuditLog audit, TimeProvider timeProvider)
{
    // A cancelled sandbox ends within a second, and its files are stored soon after.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private const int PageSize = 1000;
    private const int DeletionsAtATime = 8;

    /// <summary>
    /// Cancels the user's executions, and deletes them and all files, until nothing more is found: executions may start and files may be
    /// stored meanwhile. Files go first: while an execution is stored, a failed call can be seen to be incomplete.
    /// </summary>
    /// <exception cref="GatewayException">The user id is not valid, an execution did not stop, or something is unavailable.</exception>
    public async Task<DeletedUserData> DeleteAsync(string userId, string callerId, CancellationToken cancellationToken)
    {
        UserIds.Check(userId);
        var total = new DeletedUserData(0, 0);
        try
        {
            var end = timeProvider.GetUtcNow() + MaxWait;
            for (var isFirst = true; ; isFirst = false)
            {
                await executions.CancelAllAsync(userId, end, cancellationToken);
                var files = await DeleteFilesAsync(userId, cancellationToken);
                total = total with { Files = total.Files + files };
                var (deleted, unfinished) = await executions.DeleteAllAsync(userId, cancellationToken);
                total = total with { Executions = total.Executions + deleted };
                if (deleted + files == 0 && unfinished is null)
                    return total;
                // The first pass alone may take longer, for a user with many files.
                if (timeProvider.GetUtcNow() >= end && (unfinished is not null || !isFirst))
                    throw Incomplete(unfinished);
            }
        }
        finally
        {
            audit.UserDataDeleted(userId, callerId, total.Executions, total.Files);
        }
    }

    private static GatewayException Incomplete(string? unfinished) =>
        unfinished is null
            ? new(
                GatewayErrorKind.StillRunning,
                "The user gets new executions or files all the time. Stop the calls for the user; call again."
            )
            : new(GatewayErrorKind.StillRunning, "An execution has not stopped yet; everything else is deleted. Call again.")
            {
                ExecutionId = unfinished,
            };

    private async Task<long> DeleteFilesAsync(string userId, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        var page = new ListFilesRequest { UserId = userId, PageSize = PageSize };
        while ((await fileStore.ListAsync(page, cancellationToken)).Files is { Count: > 0 } found)
        {
            await Parallel.ForEachAsync(
                found,
                new ParallelOptions { MaxDegreeOfParallelism = DeletionsAtATime, CancellationToken = cancellationToken },
                async (file, token) =>
                {
                    if (await TryDeleteAsync(userId, file.FileId, token))
                        Interlocked.Increment(ref deleted);
                }
            );
        }

        var expired = new DeleteExpiredFilesRequest { UserId = userId, Forget = true };
        return deleted + (await fileStore.DeleteExpiredAsync(expired, cancellationToken)).Deleted;
    }

    private async ValueTask<bool> TryDeleteAsync(string userId, string fileId, CancellationToken cancellationToken)
    {
        try
        {
            await fileStore.DeleteAsync(new DeleteFileRequest { UserId = userId, FileId = fileId }, cancellationToken);
            return true;
        }
        catch (GatewayException exception) when (exception.Kind is GatewayErrorKind.NotFound or GatewayErrorKind.Expired)
        {
            return false;
        }
    }
}
