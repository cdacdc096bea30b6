using System.Formats.Tar;

namespace CodeInterpreter.Runner.Images;

/// <summary>Reads files of an image out of an archive, within bounds.</summary>
internal static class ImageArchive
{
    /// <summary>Entries of an archive.</summary>
    public const int MaxEntries = 2000;

    /// <summary>Bytes of an archive.</summary>
    public const long MaxBytes = 16L * 1024 * 1024;

    /// <summary>The files of the archive, whose entries are named from the directory <paramref name="parent"/> on.</summary>
    /// <exception cref="ImageFaultException">It has more than it may.</exception>
    public static async Task<IReadOnlyList<ImageFile>> ReadAsync(Stream archive, string parent, CancellationToken cancellationToken)
    {
        using var whole = await ReadWholeAsync(archive, parent, cancellationToken);
        var files = new List<ImageFile>();
        var entries = 0;
        await using var reader = new TarReader(whole, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (++entries > MaxEntries)
                throw TooMuch(parent);
            if (entry.EntryType == TarEntryType.Directory)
                continue;
            files.Add(new ImageFile($"{parent.TrimEnd('/')}/{entry.Name}", await ContentOfAsync(entry, cancellationToken)));
        }

        return files;
    }

    private static async Task<MemoryStream> ReadWholeAsync(Stream archive, string parent, CancellationToken cancellationToken)
    {
        var whole = new MemoryStream();
        var buffer = new byte[81920];
        while (await archive.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (whole.Length + read > MaxBytes)
                throw TooMuch(parent);
            whole.Write(buffer, 0, read);
        }

        whole.Position = 0;
        return whole;
    }

    private static ImageFaultException TooMuch(string parent) =>
        new($"has more than {MaxEntries} files or {MaxBytes} bytes where one of its own parts should be, in {parent}.");

    private static async Task<byte[]?> ContentOfAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        // A link leads somewhere else.
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            return null;
        using var content = new MemoryStream();
        if (entry.DataStream is not null)
            await entry.DataStream.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
