using CodeInterpreter.Files.V1;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Trust;
using Grpc.Core;
using FileSource = CodeInterpreter.Files.V1.FileSource;

namespace CodeInterpreter.FileStore.Access;

/// <summary>What the caller of one call may do: everything, or what the grant of an execution allows.</summary>
internal sealed class Permission(ExecutionGrant? grant)
{
    private static readonly object Key = new();

    /// <summary>Whether the caller speaks for an execution.</summary>
    public bool IsLimited => grant is not null;

    /// <summary>The most that the caller's execution may have stored.</summary>
    public Quota Budget => grant is null ? Quota.None : new Quota(grant.MaxFiles, grant.MaxBytes);

    /// <summary>The permission that <see cref="AccessInterceptor"/> found the call to have.</summary>
    public static Permission Of(ServerCallContext context) => (Permission)context.UserState[Key];

    public void AttachTo(ServerCallContext context) => context.UserState[Key] = this;

    /// <summary>For what an execution has no business with.</summary>
    /// <exception cref="FileStoreException">The caller is one.</exception>
    public void RequireService() => Require(grant is null);

    /// <exception cref="FileStoreException">It is no output of the caller's execution.</exception>
    public void RequireUpload(UploadHeader header) =>
        Require(
            grant is null
                || (header.UserId == grant.UserId && header.ExecutionId == grant.ExecutionId && header.Source == FileSource.Generated)
        );

    /// <exception cref="FileStoreException">It is not the user of the caller's execution.</exception>
    public void RequireUser(string userId) => Require(grant is null || userId == grant.UserId);

    /// <exception cref="FileStoreException">It is no input of the caller's execution.</exception>
    public void RequireInput(string userId, string fileId) =>
        Require(grant is null || (userId == grant.UserId && grant.InputFileIds.Contains(fileId, StringComparer.Ordinal)));

    /// <exception cref="FileStoreException">They are not the outputs of the caller's execution.</exception>
    public void RequireOutputs(string userId, string? executionId) =>
        Require(grant is null || (userId == grant.UserId && executionId == grant.ExecutionId));

    private static void Require(bool allowed)
    {
        if (!allowed)
            throw new FileStoreException(FileError.NotGranted, "The grant is not for this.");
    }
}
