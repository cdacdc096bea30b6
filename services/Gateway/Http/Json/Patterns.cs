namespace CodeInterpreter.Gateway.Http.Json;

/// <summary>The forms of values in JSON and queries, as regular expressions for the description of the API.</summary>
internal static class Patterns
{
    public const string UserId = "^[A-Za-z0-9_-]{1,64}$";

    public const string ExecutionId = "^[0-9a-f]{32}$";

    public const string FileId = "^[A-Za-z0-9_-]{1,64}_[0-9]{1,19}_[a-z0-9]{1,64}$";

    public const string Sha256 = "^[0-9a-f]{64}$";

    public const string Sha256InAnyCase = "^[0-9A-Fa-f]{64}$";

    /// <summary>Printable ASCII without spaces.</summary>
    public const string IdempotencyKey = "^[!-~]*$";

    /// <summary>The code of an error.</summary>
    public const string Code = "^[A-Z][A-Z_]*$";
}
