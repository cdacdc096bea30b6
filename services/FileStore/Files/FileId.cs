using System.Buffers;
using System.Globalization;

namespace CodeInterpreter.FileStore.Files;

/// <summary>The id of a file: <c>{user_id}_{unix seconds}_{random}</c>.</summary>
internal static class FileId
{
    // 16 of 32 letters are 80 bits: no two files share an id, and nobody finds one by trying. One case only, so that an
    // id survives whatever folds the case of names.
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int RandomLength = 16;

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    public static string Create(string userId, DateTimeOffset uploadedAt, IRandomText random)
    {
        var seconds = uploadedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{userId}_{seconds}_{random.Next(Alphabet, RandomLength)}";
    }

    /// <summary>
    /// Whether <paramref name="text"/> is an id this store made for <paramref name="userId"/>. The owner's part is
    /// compared, not searched for: a user id may contain underscores itself.
    /// </summary>
    public static bool IsOf(string userId, string text)
    {
        if (!text.StartsWith(userId + "_", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(userId.Length + 1);
        var separator = rest.IndexOf('_');
        return separator > 0
            && !rest[..separator].ContainsAnyExceptInRange('0', '9')
            && rest[(separator + 1)..] is { Length: RandomLength } random
            && !random.ContainsAnyExcept(Letters);
    }
}
