namespace CodeInterpreter.Gateway.Limits.Sharing;

/// <summary>Names of those whose calls and executions are counted: a caller or a user.</summary>
internal static class UsageOwner
{
    public static string Caller(string callerId) => "caller/" + callerId;

    public static string User(string userId) => "user/" + userId;
}
