namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>
/// A directory of one test, gone after it. Its path is short: that of a Unix socket has to fit into 108 bytes.
/// </summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private const int RemoveAttempts = 10;

    public string Path { get; } = Directory.CreateTempSubdirectory("fs-").FullName;

    // A service that is disposed does not wait for its sweep, which may just be putting down a file.
    public void Dispose()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (attempt < RemoveAttempts && Directory.Exists(Path)) { }
            catch (DirectoryNotFoundException)
            {
                return;
            }
        }
    }
}
