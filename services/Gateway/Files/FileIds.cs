using System.Text.RegularExpressions;

namespace CodeInterpreter.Gateway.Files;

/// <summary>The form of file ids: <c>{user_id}_{unix seconds}_{random}</c>.</summary>
internal static partial class FileIds
{
    public static bool IsWellFormed(string? fileId) => fileId is not null && WellFormed.IsMatch(fileId);

    /// <summary>The distinct file ids of the user in a text, in their order.</summary>
    public static IEnumerable<string> FindIn(string text, string userId)
    {
        if (!text.Contains(userId + '_', StringComparison.Ordinal))
        {
            return [];
        }

        return AfterUserId
            .Matches(text)
            .Where(match => text.AsSpan(0, match.Index).EndsWith(userId, StringComparison.Ordinal))
            .Select(match => userId + match.Groups[1].Value)
            .Distinct();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}_[0-9]{1,19}_[a-z0-9]{1,64}\z")]
    private static partial Regex WellFormed { get; }

    // A lookahead, so that matches may overlap: a user id may itself contain digits between underscores.
    [GeneratedRegex("(?=(_[0-9]{1,19}_[a-z0-9]{1,64}))")]
    private static partial Regex AfterUserId { get; }
}
