using System.Buffers;

namespace CodeInterpreter.FileStore.Files;

/// <summary>The form that user ids and execution ids share; nothing in it has a meaning to a file system.</summary>
internal static class Identifier
{
    public const string Form = "1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'";

    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed);
}
