using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Trust;
using Grpc.Core;
using FileSource = CodeInterpreter.Files.V1.FileSource;

namespace CodeInterpreter.FileStore.Access;

/// <summary>What a call may do: everything, or what the grant of an execution allows.</summary>
internal sealed class Permission(ExecutionGrant? grant)
{
    private static readonly object Key = new();

    /// <summary>Whether the caller acts for an execution.</summary>
    public bool IsLimited => grant is not null;

    /// <summary>The largest number and size of files that the execution may store.</summary>
    public Quota Budget => grant is null ? Quota.None : new Quota(grant.MaxFiles, grant.MaxBytes);

    /// <summary>The permission of the call, which <see cref="AccessInterceptor"/> has set.</summary>
    public static Permission Of(ServerCallContext context) => (Permission)context.UserState[Key];

    public void AttachTo(ServerCallContext context) => context.UserState[Key] = this;

    /// <summary>For methods that executions may not call.</summary>
    /// <exception cref="FileStoreException">The caller acts for an execution.</exception>
    public void RequireService() => Require(grant is null);

    /// <exception cref="FileStoreException">The file is not an output of the execution.</exception>
    public void RequireUpload(UploadHeader header) =>
        Require(
            grant is null
                || (header.UserId == grant.UserId && header.ExecutionId == grant.ExecutionId && header.Source == FileSource.Generated)
        );

    /// <exception cref="FileStoreException">The execution belongs to another user.</exception>
    public void RequireUser(string userId) => Require(grant is null || userId == grant.UserId);

    /// <exception cref="FileStoreException">The file is not an input of the execution.</exception>
    public void RequireInput(string userId, string fileId) =>
        Require(grant is null || (userId == grant.UserId && grant.InputFileIds.Contains(fileId, StringComparer.Ordinal)));

    /// <exception cref="FileStoreException">The files are not outputs of the execution.</exception>
    public void RequireOutputs(string userId, string? executionId) =>
        Require(grant is null || (userId == grant.UserId && executionId == grant.ExecutionId));

    private static void Require(bool allowed)
    {
        if (!allowed)
            throw new FileStoreException(FileError.NotGranted, "The grant does not allow this.");
    }
}
