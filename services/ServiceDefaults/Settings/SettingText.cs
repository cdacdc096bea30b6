using System.ComponentModel;
using System.Globalization;

namespace CodeInterpreter.ServiceDefaults.Settings;

/// <summary>The texts of settings: whether one can be read as what it has to be, and how one is shown.</summary>
internal static class SettingText
{
    private const int Longest = 100;

    /// <summary>
    /// What the value must be, when the text is none of that; else null, with the text in the form that the configuration binder of
    /// the framework reads.
    /// </summary>
    public static string? Check(Type type, string text, out string readable)
    {
        readable = text;
        var isOptional = Nullable.GetUnderlyingType(type) is not null || type == typeof(Uri);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || (isOptional && text.Length == 0))
            return null;
        if (type == typeof(TimeSpan))
        {
            if (!Duration.TryParse(text, out var duration))
                return $"must be {Duration.Form}";
            readable = duration.ToString("c");
            return null;
        }

        if (type.IsEnum)
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? null : OneOf(Enum.GetNames(type));
        if (type == typeof(bool))
            return bool.TryParse(text, out _) ? null : "must be true or false";
        return type == typeof(double) || type == typeof(float)
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? null
                : "must be a number"
            : IsReadable(type, text)
                ? null
                : NameOf(type);
    }

    /// <summary>The values of an enum, as a message has them.</summary>
    public static string OneOf(IEnumerable<string> values) => $"must be one of {string.Join(", ", values)}";

    /// <summary>A value as people read it: in one line, not too long, and without what may be a password in an address.</summary>
    public static string Show(object? value) =>
        value switch
        {
            null => "",
            TimeSpan duration => Duration.Format(duration),
            string text => Shorten(WithoutSecrets(text)),
            Uri { IsAbsoluteUri: true } address => address.GetComponents(
                UriComponents.SchemeAndServer | UriComponents.Path,
                UriFormat.UriEscaped
            ),
            IEnumerable<object> several => Shorten(string.Join(", ", several.Select(Show))),
            _ => Shorten(WithoutSecrets(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")),
        };

    private static bool IsReadable(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        // Converters throw what they like.
        catch (Exception)
        {
            return false;
        }
    }

    private static string NameOf(Type type) =>
        type switch
        {
            _ when type == typeof(Uri) => "must be an address",
            _ when type == typeof(int) => $"must be a whole number of at most {int.MaxValue}",
            _ when type == typeof(long) => $"must be a whole number of at most {long.MaxValue}",
            _ => $"must be a {type.Name}",
        };

    // What stands before an @ or after a ? in an address may be a password; where one begins is not sure when it is not well formed.
    private static string WithoutSecrets(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return text;
        return text.Contains('@', StringComparison.Ordinal) ? $"{text[..scheme]}://***" : text.Split('?')[0];
    }

    private static string Shorten(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
