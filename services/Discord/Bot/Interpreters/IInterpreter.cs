using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Interpreters;

/// <summary>
/// What the bot needs of the service that runs the code. The user of the service is the user of Discord, so that files are the user's own
/// on every server. All calls throw <see cref="CodeInterpreterException"/>.
/// </summary>
internal interface IInterpreter
{
    /// <summary>Accepts code. The same idempotency key returns the same execution.</summary>
    /// <returns>The id of the execution.</returns>
    Task<string> SubmitAsync(string userId, ExecutionRequest request, CancellationToken cancellationToken);

    /// <summary>All events of an execution, from its first.</summary>
    IAsyncEnumerable<ExecutionEvent> FollowAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>Stops an execution.</summary>
    Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>The result of an execution; null before it has finished.</summary>
    Task<ExecutionResult?> FindResultAsync(string userId, string executionId, CancellationToken cancellationToken);

    /// <summary>Stores a file. The same upload id returns the same file.</summary>
    Task<StoredFile> UploadAsync(string userId, Stream content, string name, string uploadId, CancellationToken cancellationToken);

    /// <summary>Opens a file at its start.</summary>
    Task<Stream> OpenAsync(string userId, string fileId, CancellationToken cancellationToken);

    /// <summary>The record of a file.</summary>
    Task<StoredFile> GetFileAsync(string userId, string fileId, CancellationToken cancellationToken);

    /// <summary>The files of a user, the newest first.</summary>
    IAsyncEnumerable<StoredFile> ListFilesAsync(string userId, CancellationToken cancellationToken);

    /// <summary>How much a user has stored.</summary>
    Task<FileUsage> GetUsageAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Deletes a file.</summary>
    Task DeleteFileAsync(string userId, string fileId, CancellationToken cancellationToken);

    /// <summary>Deletes all files and all results of a user.</summary>
    /// <returns>How many files there were.</returns>
    Task<int> DeleteAllAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Makes a link with which a browser downloads a file, for as long as the file is kept.</summary>
    /// <returns>A whole address; null where the service does not know its own.</returns>
    Task<string?> FindLinkAsync(string userId, string fileId, CancellationToken cancellationToken);
}
