using System.Security.Claims;

namespace CodeInterpreter.Gateway.Access.Callers;

/// <summary>The identity of an authenticated caller.</summary>
/// <param name="scheme">How it was authenticated.</param>
/// <param name="id">Tells callers apart.</param>
/// <param name="userId">The only user for which the caller may act; null for any user.</param>
internal sealed class Caller(string scheme, string id, string? userId) : ClaimsIdentity(scheme)
{
    public string Id => id;

    public string? UserId => userId;

    /// <summary>Null if the call was not authenticated.</summary>
    public static Caller? Of(HttpContext context) => context.User.Identity as Caller;
}
