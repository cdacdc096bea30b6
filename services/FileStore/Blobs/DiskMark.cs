namespace CodeInterpreter.FileStore.Blobs;

/// <summary>The file with the mark of a volume: a text that no other has.</summary>
internal static class DiskMark
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    // A second: it is held as long as it takes to write a line.
    private const int Attempts = 200;

    /// <summary>The mark; of several processes that find none, one makes it.</summary>
    public static string ReadOrMake(string path)
    {
        using var file = OpenAlone(path);
        using var reader = new StreamReader(file);
        if (reader.ReadToEnd().Trim() is { Length: > 0 } mark)
            return mark;

        mark = Guid.NewGuid().ToString("N");
        using var writer = new StreamWriter(file);
        writer.Write(mark);
        writer.Flush();
        file.Flush(flushToDisk: true);
        return mark;
    }

    // A rename would not do: where there must be no file yet, .NET looks first and renames then.
    private static FileStream OpenAlone(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && attempt < Attempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
