using System.Runtime.CompilerServices;
using CodeInterpreter.Files.V1;

namespace CodeInterpreter.Client;

/// <summary>
/// The user's stored files. The id of a file that is unknown, deleted or another user's fails with <see cref="ErrorReasons.NotFound"/>,
/// that of
/// the user's own expired file with <see cref="ErrorReasons.Expired"/>.
/// </summary>
public sealed class FileOperations
{
    private readonly Connection _connection;
    private readonly CodeInterpreterClient _client;

    internal FileOperations(Connection connection, CodeInterpreterClient client) => (_connection, _client) = (connection, client);

    /// <summary>
    /// Stores a file. Where the connection breaks, an upload whose content can be read again is repeated; one file is stored.
    /// </summary>
    /// <param name="content">What to read from its position to its end. It is not disposed.</param>
    /// <param name="filename">The file's name: 1 to 1,024 bytes of UTF-8, with <c>/</c> between folders.</param>
    /// <param name="options">Progress, checksum and name of the upload.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is stored.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.QuotaExceeded"/>, <see cref="ErrorReasons.ResourceExhausted"/> for a file that is too large,
    /// <see cref="ErrorReasons.DataLoss"/>, or the call failed.
    /// </exception>
    public Task<StoredFile> UploadAsync(
        Stream content,
        string filename,
        UploadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(filename);
        var header = new UploadHeader
        {
            UserId = _client.RequiredUserId,
            Filename = filename,
            Sha256 = options?.Sha256 ?? "",
            UploadId = options?.UploadId ?? Guid.NewGuid().ToString("N"),
        };
        if (content.CanSeek)
            header.FileSize = content.Length - content.Position;
        return new Upload(_connection, header, content, options?.Progress).RunAsync(cancellationToken);
    }

    /// <summary>Stores a file of this machine.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="filename">The name to store it under; null for its own without folders.</param>
    /// <param name="options">Progress, checksum and name of the upload.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is stored.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CodeInterpreterException">As for a stream.</exception>
    public async Task<StoredFile> UploadFileAsync(
        string path,
        string? filename = null,
        UploadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        return await UploadAsync(content, filename ?? Path.GetFileName(path), options, cancellationToken);
    }

    /// <summary>Opens a file, or a part of it, to read it as it arrives.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="options">The part, and progress.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A stream to dispose.</returns>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.NotFound"/>, <see cref="ErrorReasons.Expired"/>, <see cref="ErrorReasons.OutOfRange"/>, or the call failed.
    /// </exception>
    public async Task<DownloadStream> OpenAsync(
        string fileId,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        if (options is { Length: <= 0 })
            throw new ArgumentOutOfRangeException(nameof(options), $"{nameof(options.Length)} must be above 0.");
        var request = new DownloadRequest
        {
            UserId = _client.RequiredUserId,
            FileId = fileId,
            Offset = options?.Offset ?? 0,
            Length = options?.Length ?? 0,
        };
        var download = new DownloadStream(_connection, request, options?.Progress);
        try
        {
            await download.OpenAsync(cancellationToken);
            return download;
        }
        catch
        {
            await download.DisposeAsync();
            throw;
        }
    }

    /// <summary>Copies a file, or a part of it, into a stream.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="destination">Where to write it. It is not disposed.</param>
    /// <param name="options">The part, and progress.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="CodeInterpreterException">As for <see cref="OpenAsync"/>.</exception>
    public async Task<StoredFile> DownloadAsync(
        string fileId,
        Stream destination,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(destination);
        await using var content = await OpenAsync(fileId, options, cancellationToken);
        await content.CopyToAsync(destination, cancellationToken);
        return content.File;
    }

    /// <summary>
    /// Downloads a whole file into a directory, under a name that <see cref="LocalFileName"/> makes of its own. Existing files are kept:
    /// the name
    /// then gets a number.
    /// </summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="directory">An existing directory.</param>
    /// <param name="progress">Receives the progress after each part.</param>
    /// <param name="cancellationToken">Ends the download; nothing is left behind.</param>
    /// <returns>The path of the new file.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="CodeInterpreterException">As for <see cref="OpenAsync"/>.</exception>
    public async Task<string> DownloadToDirectoryAsync(
        string fileId,
        string directory,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        await using var content = await OpenAsync(fileId, new DownloadOptions { Progress = progress }, cancellationToken);
        var wanted = Path.Combine(Path.GetFullPath(directory), LocalFileName.From(content.File.Filename));
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        await using var file = NewFile.Create(wanted);
        try
        {
            await content.CopyToAsync(file, cancellationToken);
            return file.Name;
        }
        catch
        {
            file.Close();
            System.IO.File.Delete(file.Name);
            throw;
        }
    }

    /// <summary>Returns the whole content of a file, which should be small.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="CodeInterpreterException">As for <see cref="OpenAsync"/>.</exception>
    public async Task<byte[]> ReadBytesAsync(string fileId, CancellationToken cancellationToken = default)
    {
        await using var content = await OpenAsync(fileId, cancellationToken: cancellationToken);
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Returns the record of a file.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.NotFound"/>, <see cref="ErrorReasons.Expired"/>, or the call failed.
    /// </exception>
    public async Task<StoredFile> GetAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var request = new GetFileRequest { UserId = _client.RequiredUserId, FileId = fileId };
        return FileMapping.ToFile(
            await _connection.CallAsync("get", options => _connection.Wire.Files.GetAsync(request, options), cancellationToken)
        );
    }

    /// <summary>Returns the user's files, the newest first. Pages are fetched as they are needed.</summary>
    /// <param name="filter">Which files; null for all.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="CodeInterpreterException">A call failed.</exception>
    public async IAsyncEnumerable<StoredFile> ListAsync(
        FileFilter? filter = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = FileMapping.ToRequest(filter ?? new FileFilter(), _client.RequiredUserId);
        do
        {
            var page = await _connection.CallAsync(
                "list",
                options => _connection.Wire.Files.ListAsync(request, options),
                cancellationToken
            );
            foreach (var file in page.Files)
                yield return FileMapping.ToFile(file);
            request.PageToken = page.NextPageToken;
        } while (request.PageToken.Length > 0);
    }

    /// <summary>Keeps a file longer, but never shorter than before.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="lifetime">From now, at most 7 days by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.NotFound"/>, <see cref="ErrorReasons.Expired"/>, or the call failed.
    /// </exception>
    public async Task<StoredFile> ExtendAsync(string fileId, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var request = new ExtendFileRequest
        {
            UserId = _client.RequiredUserId,
            FileId = fileId,
            LifetimeSeconds = (long)Math.Ceiling(lifetime.TotalSeconds),
        };
        return FileMapping.ToFile(
            await _connection.CallAsync("extend", options => _connection.Wire.Files.ExtendAsync(request, options), cancellationToken)
        );
    }

    /// <summary>Deletes a file now.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.NotFound"/>, <see cref="ErrorReasons.Expired"/>, or the call failed.
    /// </exception>
    public Task DeleteAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var request = new DeleteFileRequest { UserId = _client.RequiredUserId, FileId = fileId };
        return _connection.DeleteAsync(options => _connection.Wire.Files.DeleteAsync(request, options), cancellationToken);
    }

    /// <summary>Deletes the user's expired files now, not with the next sweep.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="CodeInterpreterException">The call failed.</exception>
    public async Task<int> DeleteExpiredAsync(CancellationToken cancellationToken = default)
    {
        var request = new DeleteExpiredFilesRequest { UserId = _client.RequiredUserId };
        var response = await _connection.CallAsync(
            "delete",
            options => _connection.Wire.Files.DeleteExpiredAsync(request, options),
            cancellationToken
        );
        return response.Deleted;
    }

    /// <summary>Returns how much the user has stored, and may store.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">The call failed.</exception>
    public async Task<FileUsage> GetUsageAsync(CancellationToken cancellationToken = default)
    {
        var request = new FileUsageRequest { UserId = _client.RequiredUserId };
        var usage = await _connection.CallAsync("usage", options => _connection.Wire.Files.UsageAsync(request, options), cancellationToken);
        return new FileUsage(
            usage.Files,
            usage.Bytes,
            FileMapping.NullIfUnlimited(usage.MaxFiles),
            FileMapping.NullIfUnlimited(usage.MaxBytes)
        );
    }

    /// <summary>Creates a link with which anybody can download the file over HTTP.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="lifetime">How long it is valid: 1 second to 7 days; null for an hour.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.NotFound"/>, <see cref="ErrorReasons.Expired"/>, or the call failed.
    /// </exception>
    public async Task<FileLink> CreateLinkAsync(string fileId, TimeSpan? lifetime = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var request = new CreateLinkRequest
        {
            UserId = _client.RequiredUserId,
            FileId = fileId,
            TtlSeconds = lifetime is { } time ? (int)Math.Ceiling(time.TotalSeconds) : 0,
        };
        var link = await _connection.CallAsync(
            "link",
            options => _connection.Wire.Links.CreateLinkAsync(request, options),
            cancellationToken
        );
        return new FileLink(new Uri(link.Url, UriKind.RelativeOrAbsolute), ResultMapping.ToMoment(link.ExpiresAt) ?? default);
    }
}
