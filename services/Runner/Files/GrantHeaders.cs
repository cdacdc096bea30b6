using CodeInterpreter.Contracts;
using Grpc.Core;

namespace CodeInterpreter.Runner.Files;

/// <summary>What calls to the file store show: the grant of the execution they are for. The runner itself has no rights there.</summary>
internal static class GrantHeaders
{
    public static Metadata? Of(ExecuteCode command) =>
        command.Grant is { } grant ? new Metadata { { "authorization", "Bearer " + grant } } : null;

    /// <summary>Whether the store said that the grant is not good, which no other attempt will change.</summary>
    public static bool AreRefused(RpcException exception) =>
        exception.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied;
}
