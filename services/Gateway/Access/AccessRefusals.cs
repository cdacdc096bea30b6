using CodeInterpreter.Gateway.Audit;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Counts the calls that access control refuses, and records them in the audit log.</summary>
internal sealed class AccessRefusals(AccessInstruments instruments, AuditLog audit)
{
    public void Add(HttpContext context, GatewayErrorKind reason, string callerId, string? userId)
    {
        instruments.Refused(reason);
        audit.Refused(reason, callerId, userId, EndpointOf(context), context.Connection.RemoteIpAddress?.ToString() ?? "local");
    }

    // The pattern, because a path can contain the signature of a link.
    private static string EndpointOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint
            ? $"{context.Request.Method} {endpoint.RoutePattern.RawText}"
            : $"{context.Request.Method} an unknown path";
}
