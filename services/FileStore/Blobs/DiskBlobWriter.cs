using Microsoft.Win32.SafeHandles;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Writes to a temporary file that a rename makes a blob: a reader sees all of it or nothing.</summary>
internal sealed class DiskBlobWriter(string temporaryPath, SafeFileHandle handle, string path) : IBlobWriter
{
    private const int MoveAttempts = 10;

    private long _size;
    private bool _committed;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(handle, bytes, _size, cancellationToken);
            _size += bytes.Length;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw DiskFailure.From(exception);
        }
    }

    // No fsync: files live for two days and can be made again, while a wait for the disk would cost every upload more
    // than all the rest of it. After a power failure a record may be without bytes, which a download reports.
    public Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            handle.Dispose();
            Move();
            _committed = true;
            return Task.CompletedTask;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw DiskFailure.From(exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        handle.Dispose();
        if (!_committed)
        {
            RemoveTemporary();
        }

        return ValueTask.CompletedTask;
    }

    // The owner's folder is created when it is missing, and again when another call finds it empty and removes it
    // just before the move. .NET looks only after the failed move which of the two was missing, file or folder, and is
    // wrong when the folder has come back by then.
    private void Move()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(temporaryPath, path, overwrite: true);
                return;
            }
            catch (IOException exception)
                when (attempt < MoveAttempts && exception is (DirectoryNotFoundException or FileNotFoundException))
            {
                MakeFolder(Path.GetDirectoryName(path)!);
            }
        }
    }

    // Another call may create and remove the folder while .NET still checks it; the next attempt finds out.
    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException) when (!File.Exists(folder)) { }
    }

    private void RemoveTemporary()
    {
        try
        {
            File.Delete(temporaryPath);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            // The sweeper tries again; the error that ended the upload is the one to report.
        }
    }
}
