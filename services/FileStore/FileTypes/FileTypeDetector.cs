using System.Text.Unicode;

namespace CodeInterpreter.FileStore.FileTypes;

/// <summary>
/// Detects a file's type by its name, and by its first bytes if the name has no known type or contradicts them.
/// </summary>
internal sealed class FileTypeDetector(FileTypeTable table)
{
    private const string TextName = "a.txt";

    // For these a name is not enough: several formats share it, or its content can be anything.
    public static readonly string[] Shared = [".mat", ".nc", ".db", ".zip", ".gz"];

    public FileType Detect(string filename, ReadOnlySpan<byte> head)
    {
        var named = table.Find(filename);
        if (head.IsEmpty)
        {
            return named;
        }

        var found = SignatureOf(head);
        if (named == FileType.Unknown)
        {
            return Typed(found) ?? (IsText(head) ? table.Find(TextName) : named);
        }

        var extension = Path.GetExtension(filename);
        if (found?.IsOf(extension) == true)
        {
            return named;
        }

        var hasSignature =
            !Shared.Contains(extension, StringComparer.OrdinalIgnoreCase) && FileSignature.All.Any(signature => signature.IsOf(extension));
        return hasSignature ? Typed(found) ?? (IsText(head) ? table.Find(TextName) : named)
            : SaysText(named) ? Typed(found) ?? named
            : named;
    }

    private static FileSignature? SignatureOf(ReadOnlySpan<byte> head)
    {
        foreach (var signature in FileSignature.All)
        {
            if (signature.Matches(head))
            {
                return signature;
            }
        }

        return null;
    }

    private FileType? Typed(FileSignature? signature) => signature is null ? null : table.Find("a" + signature.Extension);

    private static bool SaysText(FileType type) =>
        type.MimeType.StartsWith("text/", StringComparison.Ordinal) || type.MimeType == "application/json";

    // The head may end within a character.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.Contains((byte)0))
        {
            return false;
        }

        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
