using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Storage;

/// <summary>The directory for a service's data: 0700, and 0600 for each file in it, whatever was there before.</summary>
public static partial class PrivateDirectory
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>
    /// Where a service keeps things when nothing else is set, the same from wherever it is started: <c>code-interpreter</c> in the
    /// account's folder for such, <c>~/.local/share</c> on Linux.
    /// </summary>
    /// <param name="service">A folder in it for services that share the machine; empty for the whole product in one process.</param>
    public static string Default(string service) =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "code-interpreter",
            service
        );

    /// <summary>Makes the directory where it is missing, for its owner alone.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, PrivateFiles.Directory);
    }

    /// <summary>
    /// Makes the directory where it is missing. Where it, or something in it, can be reached by others, that is put right and logged.
    /// </summary>
    /// <exception cref="IOException">It cannot be made, or is no directory.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not make it or look into it.</exception>
    public static void Prepare(string path, ILogger logger)
    {
        Create(path);
        if (!OperatingSystem.IsWindows())
            Correct(new DirectoryInfo(path), logger);
    }

    /// <summary>The same for a start, which it ends with the name of the setting when the directory cannot be used.</summary>
    /// <exception cref="StartRefusedException">It cannot be made, or this account may not use it.</exception>
    public static void PrepareForStart(string path, string setting, ILogger logger)
    {
        try
        {
            Prepare(path, logger);
            Probe(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{setting} is '{path}': the directory cannot be used. {exception.Message}", exception);
        }
    }

    // Whether something can be made in it is found out by nothing else: rights, a read-only volume, a full one.
    private static void Probe(string path)
    {
        var probe = Path.Combine(path, $".{Guid.NewGuid():N}");
        using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
    }

    private static void Correct(DirectoryInfo directory, ILogger logger)
    {
        var (corrected, notOurs) = (0, 0);
        foreach (var entry in directory.EnumerateFileSystemInfos("*", Everything).Prepend(directory))
        {
            if (OperatingSystem.IsWindows() || (entry.UnixFileMode & PrivateFiles.OfOthers) == 0)
                continue;
            try
            {
                entry.UnixFileMode = entry is DirectoryInfo ? PrivateFiles.Directory : PrivateFiles.File;
                corrected++;
            }
            // Removed meanwhile, or of another account: a volume may belong to another account.
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (exception is UnauthorizedAccessException)
                    notOurs++;
            }
        }

        if (corrected > 0)
            Corrected(logger, corrected, directory.FullName);
        if (notOurs > 0)
            NotOurs(logger, notOurs, directory.FullName);
    }

    [LoggerMessage(
        905,
        LogLevel.Warning,
        "{Count} files and folders in {Directory} were accessible to other accounts of this machine; their permissions were corrected"
    )]
    private static partial void Corrected(ILogger logger, int count, string directory);

    [LoggerMessage(
        906,
        LogLevel.Warning,
        "{Count} files and folders in {Directory} belong to another account, and others may have access; this service cannot change that"
    )]
    private static partial void NotOurs(ILogger logger, int count, string directory);
}
