namespace CodeInterpreter.TestServers;

/// <summary>A file system in memory that is soon full, of one test and gone after it.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const string Ballast = "ballast";

    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one.</summary>
    /// <exception cref="InvalidOperationException">Only root on Linux may do so.</exception>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("disk-").FullName;
        try
        {
            await CommandLine.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "small-disk", path], CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            Directory.Delete(path);
            throw new InvalidOperationException(
                "This test mounts a small file system, to fill it. Run it as root on Linux: " + exception.Message,
                exception
            );
        }

        return new SmallDisk(path);
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(InPath(Ballast), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 64 * 1024; size > 0; size /= 2)
        {
            try
            {
                while (true)
                    ballast.Write(new byte[size]);
            }
            catch (IOException)
            {
                // A smaller piece may still fit.
            }
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> has taken.</summary>
    public void MakeRoom() => File.Delete(InPath(Ballast));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Lazily: somebody may still have a file open.
        await CommandLine.RunAsync("umount", ["--lazy", Path], CancellationToken.None);
        Directory.Delete(Path);
    }

    private string InPath(string name) => System.IO.Path.Combine(Path, name);
}
