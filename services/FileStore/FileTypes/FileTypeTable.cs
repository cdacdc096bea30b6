using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;

namespace CodeInterpreter.FileStore.FileTypes;

/// <summary>
/// Finds a file's type by its name, in the table <c>file-types.csv</c>: a whole name such as <c>makefile</c> first,
/// then a double extension such as <c>.tar.gz</c>, then the last extension. Letters of either case are the same.
/// </summary>
internal sealed class FileTypeTable
{
    private const string Resource = "file-types.csv";

    private static readonly FileExtensionContentTypeProvider MimeTypes = new();

    private readonly FrozenDictionary<string, FileType> _types;

    private FileTypeTable(IReadOnlyList<FileTypeEntry> entries)
    {
        Entries = entries;
        _types = entries.ToFrozenDictionary(
            entry => entry.Pattern,
            entry => new FileType(entry.Category, entry.MimeType ?? MimeTypeOf(entry.Pattern)),
            StringComparer.OrdinalIgnoreCase
        );
    }

    /// <summary>The rows of the table, in its order.</summary>
    public IReadOnlyList<FileTypeEntry> Entries { get; }

    /// <summary>Reads the table from the assembly.</summary>
    public static FileTypeTable Load()
    {
        using var stream =
            typeof(FileTypeTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return new FileTypeTable([
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => line[0] != '#')
                .Select(FileTypeEntry.Parse),
        ]);
    }

    /// <summary>The type of a file of that name, which may be a path.</summary>
    public FileType Find(string filename)
    {
        var name = filename[(filename.LastIndexOf('/') + 1)..];
        var last = name.LastIndexOf('.');
        if (last < 0)
        {
            return _types.GetValueOrDefault(name, FileType.Unknown);
        }

        var extension = name[last..];
        var beforeLast = last == 0 ? -1 : name.LastIndexOf('.', last - 1);
        return Listed(name)
            ?? (beforeLast < 0 ? null : Listed(name[beforeLast..]))
            ?? Listed(extension)
            ?? FileType.Unknown with
            {
                MimeType = MimeTypeOf(extension),
            };
    }

    /// <summary>The media type ASP.NET Core knows for an extension, or null.</summary>
    public static string? KnownMimeType(string extension) => MimeTypes.Mappings.TryGetValue(extension, out var mimeType) ? mimeType : null;

    private static string MimeTypeOf(string extension) => KnownMimeType(extension) ?? FileType.Unknown.MimeType;

    private FileType? Listed(string pattern) => _types.GetValueOrDefault(pattern);
}
