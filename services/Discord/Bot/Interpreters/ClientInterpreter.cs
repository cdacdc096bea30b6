using CodeInterpreter.Client;

namespace CodeInterpreter.Discord.Bot.Interpreters;

/// <summary>The service, through its client package.</summary>
internal sealed class ClientInterpreter(CodeInterpreterClient client) : IInterpreter
{
    // The longest that the service makes; it ends a link with its file.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(7);

    public async Task<string> SubmitAsync(string userId, ExecutionRequest request, CancellationToken cancellationToken) =>
        (await client.ForUser(userId).SubmitAsync(request, cancellationToken)).ExecutionId;

    public IAsyncEnumerable<ExecutionEvent> FollowAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Executions.FollowAsync(executionId, cancellationToken: cancellationToken);

    public Task CancelAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Executions.CancelAsync(executionId, cancellationToken);

    public async Task<ExecutionResult?> FindResultAsync(string userId, string executionId, CancellationToken cancellationToken) =>
        (await client.ForUser(userId).Executions.GetAsync(executionId, cancellationToken: cancellationToken)).Result;

    public Task<StoredFile> UploadAsync(string userId, Stream content, string name, string uploadId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Files.UploadAsync(content, name, new UploadOptions { UploadId = uploadId }, cancellationToken);

    public async Task<Stream> OpenAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        await client.ForUser(userId).Files.OpenAsync(fileId, cancellationToken: cancellationToken);

    public Task<StoredFile> GetFileAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Files.GetAsync(fileId, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListFilesAsync(string userId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Files.ListAsync(cancellationToken: cancellationToken);

    public Task<FileUsage> GetUsageAsync(string userId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Files.GetUsageAsync(cancellationToken);

    public Task DeleteFileAsync(string userId, string fileId, CancellationToken cancellationToken) =>
        client.ForUser(userId).Files.DeleteAsync(fileId, cancellationToken);

    public async Task<int> DeleteAllAsync(string userId, CancellationToken cancellationToken)
    {
        var (executions, files) = (client.ForUser(userId).Executions, client.ForUser(userId).Files);
        var all = await files.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var file in all)
            await UnlessGoneAsync(() => files.DeleteAsync(file.FileId, cancellationToken));
        foreach (var execution in await executions.ListAsync(cancellationToken).ToListAsync(cancellationToken))
            await UnlessGoneAsync(() => executions.DeleteAsync(execution.ExecutionId, cancellationToken));
        return all.Count;
    }

    public async Task<string?> FindLinkAsync(string userId, string fileId, CancellationToken cancellationToken)
    {
        var link = await client.ForUser(userId).Files.CreateLinkAsync(fileId, LinkLifetime, cancellationToken);
        return link.Url.IsAbsoluteUri && link.Url.Scheme is "http" or "https" ? link.Url.AbsoluteUri : null;
    }

    // Deleted or expired meanwhile, or still running: its own answer is yet to be given.
    private static async Task UnlessGoneAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (CodeInterpreterException exception)
            when (exception.Reason is ErrorReasons.NotFound or ErrorReasons.Expired or ErrorReasons.StillRunning)
        {
            // Nothing is left to delete.
        }
    }
}
