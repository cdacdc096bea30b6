using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Users;

/// <summary>Everything that belongs to a user.</summary>
internal sealed class UserData(ExecutionService executions, FileStoreClient fileStore)
{
    private const int PageSize = 1000;
    private const int DeletionsAtATime = 8;

    /// <summary>
    /// Cancels the user's executions, and deletes them and all files. Files go first: while an execution is stored, a failed call can be
    /// seen to be incomplete.
    /// </summary>
    /// <exception cref="GatewayException">The user id is not valid, an execution did not stop, or something is unavailable.</exception>
    public async Task<DeletedUserData> DeleteAsync(string userId, CancellationToken cancellationToken)
    {
        UserIds.Check(userId);
        await executions.CancelAllAsync(userId, cancellationToken);
        var files = await DeleteFilesAsync(userId, cancellationToken);
        return new DeletedUserData(await executions.DeleteAllAsync(userId, cancellationToken), files);
    }

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
