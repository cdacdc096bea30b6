using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>
/// A position in a list as text that says nothing to a caller. It gives no rights: the owner is checked apart.
/// </summary>
internal static class PageToken
{
    public static string Encode(FilePosition position)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{position.UploadedAt.ToUnixTimeMilliseconds()}:{position.FileId}");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The position a token stands for; null when it is none of ours.</summary>
    public static FilePosition? Decode(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(':');
        return
            parts is [var milliseconds, { Length: > 0 } fileId]
            && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var uploadedAt)
            && uploadedAt <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new FilePosition(DateTimeOffset.FromUnixTimeMilliseconds(uploadedAt), fileId)
            : null;
    }
}
