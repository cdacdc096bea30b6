using System.Text;

namespace CodeInterpreter.Gateway.Files;

/// <summary>The form of file names that the file store accepts: relative paths.</summary>
internal static class FileNames
{
    private const int MaxBytes = 1024;

    // The limit of the file systems in sandboxes.
    private const int MaxPartBytes = 255;

    /// <summary>The error in a name; null if it is valid.</summary>
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
