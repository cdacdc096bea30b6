using System.Text;

namespace CodeInterpreter.Gateway.Files;

/// <summary>The form of a file's name, as the file store takes it: a relative path.</summary>
internal static class FileNames
{
    private const int MaxBytes = 1024;

    // What the file systems of sandboxes take.
    private const int MaxPartBytes = 255;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? Check(string? name) =>
        name switch
        {
            null or "" => "must not be empty.",
            _ when Encoding.UTF8.GetByteCount(name) > MaxBytes => "must not be longer than 1024 bytes of UTF-8.",
            _ when name.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029') =>
                "must not contain control characters or line separators.",
            _ when name.Split('/').Any(part => part is "" or "." or "..") => "must be a relative path without empty parts, '.' and '..'.",
            _ when name.Split('/').Any(part => Encoding.UTF8.GetByteCount(part) > MaxPartBytes) =>
                "must not have parts of more than 255 bytes of UTF-8 between slashes.",
            _ => null,
        };
}
