namespace CodeInterpreter.Gateway.Limits;

/// <summary>Names of those whose calls and executions are counted: a caller or a user.</summary>
internal static class UsageOwner
{
    /// <summary>The most owners that are told to other replicas, so that invented users take little memory.</summary>
    public const int MaxCount = 10_000;

    public static string Caller(string callerId) => "caller/" + callerId;

    public static string User(string userId) => "user/" + userId;
}
