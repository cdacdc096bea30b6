using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Attachments;
using CodeInterpreter.Discord.Bot.Interpreters;
using CodeInterpreter.Discord.Bot.Requests;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>
/// Makes code and stored files of attachments. Doing it again changes nothing, so a request that was interrupted is simply prepared again.
/// </summary>
internal sealed class InputPreparer(AttachmentClient attachments, IInterpreter interpreter, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The code with that of its attachments, and its files as stored ones.</summary>
    /// <exception cref="AttachmentException">An attachment cannot be used.</exception>
    /// <exception cref="CodeInterpreterException">A file cannot be stored.</exception>
    public async Task<RequestedCode> PrepareAsync(StoredRequest request, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        var code = new List<string> { request.Code.Code };
        var files = new List<RequestedFile>();
        foreach (var file in request.Code.Files)
        {
            try
            {
                if (file.FileId is not null)
                    files.Add(file);
                else if (file.IsCode)
                    code.Add(await attachments.ReadTextAsync(file, either.Token));
                else
                    files.Add(await UploadAsync(request, file, either.Token));
            }
            catch (OperationCanceledException exception)
                when (tooLong.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw AttachmentFailures.Broken(file.Name, exception);
            }
        }

        return request.Code with
        {
            Code = string.Join('\n', code.Where(part => part.Length > 0)),
            Files = WithDifferentNames(files),
        };
    }

    private async Task<RequestedFile> UploadAsync(StoredRequest request, RequestedFile file, CancellationToken cancellationToken)
    {
        var stored = await attachments.ReadAsync(
            file,
            content =>
                interpreter.UploadAsync(request.UserId, content, file.Name, $"discord/{request.Id}/{file.AttachmentId}", cancellationToken),
            cancellationToken
        );
        return file with { FileId = stored.FileId, Url = "" };
    }

    private static List<RequestedFile> WithDifferentNames(List<RequestedFile> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. files.Select(file => file with { Name = Different(file.Name, names) })];
    }

    private static string Different(string name, HashSet<string> names)
    {
        var different = name;
        for (var number = 2; !names.Add(different); number++)
            different = $"{Path.GetFileNameWithoutExtension(name)}_{number}{Path.GetExtension(name)}";
        return different;
    }
}
