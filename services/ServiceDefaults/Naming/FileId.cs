using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CodeInterpreter.ServiceDefaults.Naming;

/// <summary>The id of a file: <c>{user_id}_{unix seconds}_{random}</c>.</summary>
public static partial class FileId
{
    // 16 of 32 letters are 80 bits: no two files share an id, and nobody finds one by trying. One case only, so that an
    // id survives whatever folds the case of names.
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int RandomLength = 16;

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>A new id.</summary>
    public static string Create(string userId, DateTimeOffset uploadedAt)
    {
        var seconds = uploadedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{userId}_{seconds}_{RandomNumberGenerator.GetString(Alphabet, RandomLength)}";
    }

    /// <summary>
    /// Whether <paramref name="text"/> is an id that <see cref="Create"/> made for <paramref name="userId"/>. The owner's part is
    /// compared, not searched for: a user id may contain underscores itself.
    /// </summary>
    public static bool IsOf(string userId, string text)
    {
        if (!text.StartsWith(userId + "_", StringComparison.Ordinal))
            return false;

        var rest = text.AsSpan(userId.Length + 1);
        var separator = rest.IndexOf('_');
        return separator > 0
            && !rest[..separator].ContainsAnyExceptInRange('0', '9')
            && rest[(separator + 1)..] is { Length: RandomLength } random
            && !random.ContainsAnyExcept(Letters);
    }

    /// <summary>
    /// Whether a caller may mean a file with this text. Only the file store decides whether the file exists, so random parts of any length
    /// are accepted.
    /// </summary>
    public static bool IsWellFormed(string? text) => text is not null && WellFormed.IsMatch(text);

    /// <summary>Everything in a text that is well formed as an id of a file of that user, each once, in order of appearance.</summary>
    public static IEnumerable<string> FindIn(string text, string userId)
    {
        if (!text.Contains(userId + '_', StringComparison.Ordinal))
            return [];

        return AfterUserId
            .Matches(text)
            .Where(match => text.AsSpan(0, match.Index).EndsWith(userId, StringComparison.Ordinal))
            .Select(match => userId + match.Groups[1].Value)
            .Distinct();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}_[0-9]{1,19}_[a-z0-9]{1,64}\z")]
    private static partial Regex WellFormed { get; }

    // Looks ahead, so that matches may overlap: a user id may itself contain digits between underscores.
    [GeneratedRegex("(?=(_[0-9]{1,19}_[a-z0-9]{1,64}))")]
    private static partial Regex AfterUserId { get; }
}
