using System.Buffers;

namespace CodeInterpreter.ServiceDefaults.Naming;

/// <summary>The form of user ids and execution ids. No character of them has a meaning to a file system.</summary>
public static class Identifier
{
    /// <summary>The form, for messages.</summary>
    public const string Form = "1 to 64 characters of A-Z, a-z, 0-9, _ and -";

    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>Whether the text has that form.</summary>
    public static bool IsValid(string? text) => text?.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed);
}
