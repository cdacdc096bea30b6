using System.Net.Sockets;
using Google.Rpc;
using Grpc.Core;

namespace CodeInterpreter.Client;

/// <summary>Translates what gRPC reports.</summary>
internal static class RpcFailures
{
    private const string ExecutionIdKey = "execution_id";

    /// <summary>The failure in this package's terms.</summary>
    public static CodeInterpreterException Translate(RpcException exception, string? executionId = null)
    {
        var status = DetailsOf(exception);
        var info = status?.GetDetail<ErrorInfo>();
        var code = IsBrokenConnection(exception) ? StatusCode.Unavailable : exception.StatusCode;
        return new CodeInterpreterException(info?.Reason is { Length: > 0 } reason ? reason : NameOf(code), MessageOf(exception), exception)
        {
            Violations =
            [
                .. (status?.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(violation => new FieldViolation(
                    violation.Field,
                    violation.Description
                )),
            ],
            RetryDelay = status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
            ExecutionId = info is not null && info.Metadata.TryGetValue(ExecutionIdKey, out var id) ? id : executionId,
        };
    }

    // A connection that breaks in the middle of a call is reported under several names.
    private static bool IsBrokenConnection(RpcException exception)
    {
        for (var cause = exception.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException or IOException or HttpRequestException)
                return exception.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled;
        }

        return false;
    }

    // Something between client and service may answer with details of its own.
    private static Google.Rpc.Status? DetailsOf(RpcException exception)
    {
        try
        {
            return exception.GetRpcStatus();
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static string MessageOf(RpcException exception) =>
        exception.Status.Detail is { Length: > 0 } detail ? detail : $"The call failed with the status {NameOf(exception.StatusCode)}.";

    private static string NameOf(StatusCode code) => EnumNames.ToUpperSnake(code.ToString());
}
