namespace CodeInterpreter.FileStore.FileTypes;

/// <summary>The bytes by which files of a kind are known.</summary>
/// <param name="Extension">The extension such files have in the table of types.</param>
/// <param name="Offset">Where the bytes are.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Aliases">Other extensions of the same kind.</param>
internal sealed record FileSignature(string Extension, int Offset, byte[] Bytes, params string[] Aliases)
{
    /// <summary>Bytes at the beginning of a file that tell all of these.</summary>
    public const int HeadBytes = 512;

    /// <summary>
    /// Only kinds whose files have no other beginning. What wraps other formats, as ZIP does, contradicts no name.
    /// </summary>
    public static readonly IReadOnlyList<FileSignature> All =
    [
        new(".png", 0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]),
        new(".jpg", 0, [0xFF, 0xD8, 0xFF], ".jpeg", ".jpe", ".jfif"),
        new(".gif", 0, [.. "GIF8"u8]),
        new(".webp", 8, [.. "WEBP"u8]),
        new(".tiff", 0, [.. "II*\0"u8], ".tif"),
        new(".tiff", 0, [.. "MM\0*"u8], ".tif"),
        new(".pdf", 0, [.. "%PDF-"u8]),
        new(".zip", 0, [.. "PK"u8, 3, 4]),
        new(".gz", 0, [0x1F, 0x8B]),
        new(".bz2", 0, [.. "BZh"u8]),
        new(".xz", 0, [0xFD, .. "7zXZ"u8, 0]),
        new(".7z", 0, [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C]),
        new(".parquet", 0, [.. "PAR1"u8]),
        new(".feather", 0, [.. "ARROW1"u8], ".arrow"),
        new(".h5", 0, [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A], ".hdf5", ".hdf", ".nc", ".mat", ".keras"),
        new(".npy", 0, [0x93, .. "NUMPY"u8]),
        new(".sqlite", 0, [.. "SQLite format 3\0"u8], ".sqlite3", ".db", ".db3", ".gpkg", ".mbtiles"),
    ];

    public bool Matches(ReadOnlySpan<byte> head) => head.Length >= Offset + Bytes.Length && head[Offset..].StartsWith(Bytes);

    public bool IsOf(string extension) =>
        Extension.Equals(extension, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(extension, StringComparer.OrdinalIgnoreCase);
}
