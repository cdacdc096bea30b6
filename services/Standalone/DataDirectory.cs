using System.Security.Cryptography;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Storage;

namespace CodeInterpreter.Standalone;

/// <summary>
/// The one directory that all state is in. One process uses it at a time, and no other account of the machine has access.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    // The kernel's limit for the address of a socket is 108 bytes with the closing zero.
    private const int MaxSocketPathBytes = 107;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>Where the embedded file store listens: a socket that only this user can reach.</summary>
    public string FileStoreSocket => System.IO.Path.Combine(Path, "files.sock");

    /// <summary>Creates the directory where it is missing, and takes hold of it.</summary>
    /// <exception cref="StartRefusedException">It cannot be used, is held by another process, or has too long a path.</exception>
    public static DataDirectory Open(string path, ILogger logger)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new StartRefusedException("Standalone:DataDirectory must name a directory.");
        path = System.IO.Path.GetFullPath(path);
        PrivateDirectory.PrepareForStart(path, "Standalone:DataDirectory", logger);
        var directory = new DataDirectory(path, Lock(path));
        if (System.Text.Encoding.UTF8.GetByteCount(directory.FileStoreSocket) > MaxSocketPathBytes)
            throw new StartRefusedException(
                $"Standalone:DataDirectory '{path}' is too long for a socket in it; choose one of at most 90 bytes."
            );

        // A killed process may have left it behind; with the lock held, no process listens there.
        File.Delete(directory.FileStoreSocket);
        return directory;
    }

    /// <summary>The id of this directory's runner, the same at every start: so it finds the sandboxes of a killed predecessor.</summary>
    public string RunnerId()
    {
        var file = System.IO.Path.Combine(Path, "runner-id");
        if (!File.Exists(file))
            File.WriteAllText(file, "standalone-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        return File.ReadAllText(file);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StartRefusedException(
                $"Another process uses '{path}'. Stop it, or choose another Standalone:DataDirectory.",
                exception
            );
        }
    }
}
