using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CodeInterpreter.ServiceDefaults.Paging;

/// <summary>
/// A position in a list that is ordered by time, as text whose form callers need not know. It gives no rights: services check the owner
/// separately.
/// </summary>
public static class PageToken
{
    /// <summary>The token for the position behind the item with that time and id.</summary>
    public static string Encode(DateTimeOffset time, string id)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds()}:{id}");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The position of a token; null when <see cref="Encode"/> did not make it.</summary>
    public static (DateTimeOffset Time, string Id)? Decode(string token)
    {
        if (!Base64Url.IsValid(token))
            return null;

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(':');
        return
            parts is [var milliseconds, { Length: > 0 } id]
            && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? (DateTimeOffset.FromUnixTimeMilliseconds(time), id)
            : null;
    }
}
