using System.Globalization;

namespace CodeInterpreter.Client;

/// <summary>Files that replace no other.</summary>
internal static class NewFile
{
    /// <summary>Creates a file with that path, or with the next one that is free.</summary>
    public static FileStream Create(string path)
    {
        for (var number = 2; ; number++)
        {
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1, FileOptions.Asynchronous);
            }
            catch (IOException) when (number <= 1000 && File.Exists(path))
            {
                path = Next(path, number);
            }
        }
    }

    private static string Next(string path, int number)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var earlier = string.Create(CultureInfo.InvariantCulture, $" ({number - 1})");
        if (number > 2 && name.EndsWith(earlier, StringComparison.Ordinal))
            name = name[..^earlier.Length];
        return Path.Combine(
            Path.GetDirectoryName(path)!,
            string.Create(CultureInfo.InvariantCulture, $"{name} ({number}){Path.GetExtension(path)}")
        );
    }
}
