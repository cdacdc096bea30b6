using System.Runtime.CompilerServices;
using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Naming;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>
/// Blobs on a disk, one folder per owner: <c>user_files/{user_id}/{file_id}</c>. Unfinished ones are in
/// <c>incoming</c>, on the same volume, so that a rename suffices to finish them.
/// </summary>
internal sealed class DiskBlobStore(IOptions<FileStoreOptions> options) : IBlobStore
{
    /// <summary>The file with the mark of the volume. It is no owner's folder, so it is never listed.</summary>
    public const string MarkName = ".blob-store";

    private readonly string _files = Path.Combine(options.Value.DataDirectory, "user_files");
    private readonly string _incoming = Path.Combine(options.Value.DataDirectory, "incoming");

    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            PrivateDirectory.Create(options.Value.DataDirectory);
            Directory.CreateDirectory(_files);
            Directory.CreateDirectory(_incoming);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            return Task.FromException(
                new BlobStoreRefusedException(
                    $"{FileStoreOptions.Section}:{nameof(FileStoreOptions.DataDirectory)} cannot be used: {exception.Message}",
                    exception
                )
            );
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        OnDisk(() =>
        {
            var path = NewTemporaryPath();
            try
            {
                File.WriteAllBytes(path, "ready"u8);
            }
            finally
            {
                File.Delete(path);
            }
        });

    public Task<string> IdentifyAsync(CancellationToken cancellationToken) =>
        OnDisk(() => DiskMark.ReadOrMake(Path.Combine(_files, MarkName)));

    public Task AdoptAsync(string mark, CancellationToken cancellationToken) =>
        OnDisk(() =>
        {
            var path = NewTemporaryPath();
            File.WriteAllText(path, mark);
            File.Move(path, Path.Combine(_files, MarkName), overwrite: true);
        });

    public Task<IBlobWriter> CreateAsync(BlobKey key, CancellationToken cancellationToken) =>
        OnDisk<IBlobWriter>(() =>
        {
            var path = NewTemporaryPath();
            var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, options: FileOptions.Asynchronous);
            return new DiskBlobWriter(path, handle, PathOf(key));
        });

    public Task<Stream?> OpenAsync(BlobKey key, long offset, CancellationToken cancellationToken) =>
        OnDisk<Stream?>(() =>
        {
            try
            {
                return new FileStream(PathOf(key), ReadOptions) { Position = offset };
            }
            catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        });

    public Task<long?> MeasureAsync(BlobKey key, CancellationToken cancellationToken) =>
        OnDisk<long?>(() =>
        {
            var file = new FileInfo(PathOf(key));
            return file.Exists ? file.Length : null;
        });

    public Task DeleteAsync(BlobKey key, CancellationToken cancellationToken) =>
        OnDisk(() =>
        {
            var path = PathOf(key);
            var folder = Path.GetDirectoryName(path)!;
            // Asked first: an exception for each of a thousand files that are gone already costs more than all the rest.
            if (!Directory.Exists(folder))
            {
                return;
            }

            try
            {
                File.Delete(path);
                RemoveWhenEmpty(folder);
            }
            catch (DirectoryNotFoundException) { }
        });

    public Task<IReadOnlyList<BlobKey>> FindMissingAsync(IReadOnlyDictionary<BlobKey, long> sizes, CancellationToken cancellationToken) =>
        OnDisk<IReadOnlyList<BlobKey>>(() => [.. sizes.Keys.Where(key => IsMissing(PathOf(key), sizes[key]))]);

    public async IAsyncEnumerable<BlobKey> ListAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folders = await OnDisk(() => new DirectoryInfo(_files).GetDirectories());
        foreach (var folder in folders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var key in await OnDisk(() => BlobsIn(folder, before)))
            {
                yield return key;
            }
        }
    }

    public Task<int> RemoveUnfinishedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        OnDisk(() =>
        {
            foreach (var folder in Directory.EnumerateDirectories(_files))
            {
                RemoveWhenEmpty(folder);
            }

            var abandoned = FilesIn(new DirectoryInfo(_incoming), before);
            abandoned.ForEach(file => file.Delete());
            return abandoned.Count;
        });

    private static FileStreamOptions ReadOptions =>
        new()
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            BufferSize = 0,
        };

    private string PathOf(BlobKey key) => Path.Combine(_files, key.UserId, key.FileId);

    private string NewTemporaryPath() => Path.Combine(_incoming, Guid.NewGuid().ToString("N"));

    // File.Exists says no as well where the disk does not answer. A power failure leaves files that are there and too short.
    private static bool IsMissing(string path, long size)
    {
        try
        {
            File.GetAttributes(path);
            return new FileInfo(path).Length < size;
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
    }

    // Only what has the form of our own ids is ever listed, and so deleted: other files are left alone.
    private static List<BlobKey> BlobsIn(DirectoryInfo folder, DateTimeOffset before) =>
        [.. FilesIn(folder, before).Where(file => FileId.IsOf(folder.Name, file.Name)).Select(file => new BlobKey(folder.Name, file.Name))];

    private static List<FileInfo> FilesIn(DirectoryInfo folder, DateTimeOffset before)
    {
        try
        {
            return [.. folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < before)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static void RemoveWhenEmpty(string folder)
    {
        try
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // Gone already, or an upload has just put a file into it; a folder with files in it is never removed.
        }
    }

    private static Task<bool> OnDisk(Action action) =>
        OnDisk(() =>
        {
            action();
            return true;
        });

    private static Task<T> OnDisk<T>(Func<T> action)
    {
        try
        {
            return Task.FromResult(action());
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            return Task.FromException<T>(DiskFailure.From(exception));
        }
    }
}
