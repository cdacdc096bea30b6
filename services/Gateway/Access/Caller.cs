namespace CodeInterpreter.Gateway.Access;

/// <summary>Who calls.</summary>
/// <param name="Id">Tells callers apart; empty when nobody asks who calls.</param>
/// <param name="UserId">The only user the caller may act for; null for any.</param>
internal sealed record Caller(string Id, string? UserId)
{
    public static readonly Caller Anybody = new("", null);
}
