using Microsoft.AspNetCore.Authorization;

namespace CodeInterpreter.Gateway.Access.Callers;

/// <summary>Endpoints that need no credentials.</summary>
internal static class OpenEndpoints
{
    public static bool IsOpen(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
