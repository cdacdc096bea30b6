using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CodeInterpreter.ServiceDefaults.Errors;

/// <summary>The gRPC errors of the services, in the rich error model of google.rpc.</summary>
public static class RpcErrors
{
    private const string Domain = "codeinterpreter";

    /// <summary>INVALID_ARGUMENT with a <see cref="BadRequest"/> that names every invalid field.</summary>
    public static RpcException InvalidArgument(params IReadOnlyCollection<FieldViolation> violations)
    {
        var badRequest = new BadRequest();
        badRequest.FieldViolations.AddRange(
            violations.Select(violation => new BadRequest.Types.FieldViolation
            {
                Field = violation.Field,
                Description = violation.Description,
            })
        );
        var message = string.Join(' ', violations.Select(violation => $"{violation.Field}: {violation.Description}"));
        return new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = message,
            Details = { Any.Pack(badRequest), Any.Pack(new ErrorInfo { Reason = "INVALID_ARGUMENT", Domain = Domain }) },
        }.ToRpcException();
    }

    /// <summary>
    /// A temporary error, with a <see cref="RetryInfo"/> that says when to retry, a reason, and the id of the execution, if there is one.
    /// </summary>
    public static RpcException TryLater(StatusCode code, string message, TimeSpan retryAfter, string reason, string? executionId = null) =>
        new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) }), Any.Pack(InfoOf(reason, executionId)) },
        }.ToRpcException();

    /// <summary>
    /// An error with an <see cref="ErrorInfo"/> that has a reason, which tells it apart from others with its status, and the id of the
    /// execution, if there is one.
    /// </summary>
    public static RpcException WithReason(StatusCode code, string message, string reason, string? executionId = null) =>
        new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(InfoOf(reason, executionId)) },
        }.ToRpcException();

    /// <summary>The reason of an error; null if it has none.</summary>
    public static string? ReasonOf(RpcException exception) => exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;

    /// <summary>RESOURCE_EXHAUSTED, in the words that the framework uses for a message over its limit.</summary>
    public static RpcException MessageTooLarge() =>
        WithReason(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.", "RESOURCE_EXHAUSTED");

    /// <summary>Any other error; the caller sees <paramref name="message"/>.</summary>
    public static RpcException Create(StatusCode code, string message) => new(new Grpc.Core.Status(code, message));

    /// <summary>The fields that an INVALID_ARGUMENT names; none for any other error.</summary>
    public static IReadOnlyList<FieldViolation> ViolationsOf(RpcException exception)
    {
        var badRequest = exception.GetRpcStatus()?.GetDetail<BadRequest>();
        return badRequest is null
            ? []
            : [.. badRequest.FieldViolations.Select(violation => new FieldViolation(violation.Field, violation.Description))];
    }

    private static ErrorInfo InfoOf(string reason, string? executionId)
    {
        var info = new ErrorInfo { Reason = reason, Domain = Domain };
        if (executionId is not null)
            info.Metadata["execution_id"] = executionId;
        return info;
    }
}
