using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Runner.Files;

/// <summary>Brings the files of a sandbox to the file store, streaming, and notes what became of each entry.</summary>
internal sealed partial class Harvester(FileService.FileServiceClient files, TimeProvider time, ILogger<Harvester> logger)
{
    // The last byte of a small file is here at once, with that of the next; each unfinished upload holds a stream of the connection.
    private const int SmallBytes = Frame.DataBytes;
    private const int MaxUnfinished = 32;

    private static readonly TimeSpan StoreTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Reads until the sandbox is done; <paramref name="harvest"/> has all that is stored, also when this throws.</summary>
    public async Task HarvestAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        SandboxLimits limits,
        Harvest harvest,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        var guard = new HarvestGuard(limits, command.InputFiles);
        // The store answers for one file while the sandbox already sends the next.
        var uploads = new List<Task<Upload>>();
        // Small files are ended together, so that the store can record them together.
        var received = new List<Func<Task<Upload>>>();
        try
        {
            while (true)
            {
                var frame = await conversation.ReadAsync(cancellationToken);
                switch (frame.Type)
                {
                    case ReportType.File:
                        var file = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.FileReport);
                        guard.Check(file);
                        var isSmall = file.Size <= SmallBytes;
                        if (!isSmall)
                            FinishReceived();
                        received.Add(await ReceiveAsync(conversation, command, file, guard, cancellationToken));
                        if (!isSmall || received.Count == MaxUnfinished)
                            FinishReceived();
                        break;
                    case ReportType.Skipped:
                        var skipped = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.SkippedReport);
                        guard.Check(skipped);
                        Skip(harvest, limits, skipped.Path, SkipReasons.Parse(skipped.Reason), skipped.Size);
                        break;
                    case ReportType.Done:
                        var done = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.DoneReport);
                        harvest.SkipUnreported(guard.Check(done));
                        harvest.LeftBehind = HarvestGuard.Check(done.LeftBehind);
                        return;
                    default:
                        throw SandboxConversation.Unexpected(frame.Type);
                }
            }
        }
        finally
        {
            FinishReceived();
            foreach (var upload in await Task.WhenAll(uploads))
                Record(harvest, limits, upload, observer);
        }

        void FinishReceived()
        {
            uploads.AddRange(received.Select(finishAsync => finishAsync()));
            received.Clear();
        }
    }

    /// <summary>Stores what a stream printed; null when the store did not take it.</summary>
    public async Task<string?> StoreOutputAsync(
        string name,
        ReadOnlySequence<byte> content,
        ExecuteCode command,
        Harvest harvest,
        IExecutionObserver observer,
        CancellationToken cancellationToken
    )
    {
        // A file of that name that the code wrote keeps it.
        while (harvest.GeneratedFiles.Any(other => other.Filename == name))
            name = "_" + name;
        using var upload = BeginUpload(command, cancellationToken);
        await upload.BeginAsync(HeaderFor(command, new FileReport(name, content.Length, null)), cancellationToken);
        await upload.WriteAsync(content, cancellationToken);
        if (await upload.CompleteAsync() is not { } stored)
        {
            NotStored(ReasonOf(upload.Failure));
            return null;
        }

        Add(harvest, stored, modifiedFrom: null, observer);
        return stored.FileId;
    }

    /// <summary>Removes the files of this execution but those; what cannot be removed now expires.</summary>
    public async Task RemoveOthersAsync(ExecuteCode command, IReadOnlyList<GeneratedFile> kept, CancellationToken cancellationToken)
    {
        var ids = kept.Select(file => file.FileId).ToHashSet(StringComparer.Ordinal);
        var headers = GrantHeaders.Of(command);
        try
        {
            var list = new ListFilesRequest
            {
                UserId = command.UserId,
                ExecutionId = command.ExecutionId,
                PageSize = 1000,
            };
            do
            {
                var page = await files.ListAsync(list, headers, Deadline(), cancellationToken);
                foreach (var file in page.Files.Where(file => !ids.Contains(file.FileId)))
                {
                    await files.DeleteAsync(
                        new DeleteFileRequest { UserId = command.UserId, FileId = file.FileId },
                        headers,
                        Deadline(),
                        cancellationToken
                    );
                }

                list.PageToken = page.NextPageToken;
            } while (list.PageToken.Length > 0);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotRemoved(exception);
        }
    }

    /// <summary>Takes one file off the channel; what it returns ends the upload, and waits for the store's answer.</summary>
    private async Task<Func<Task<Upload>>> ReceiveAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        FileReport file,
        HarvestGuard guard,
        CancellationToken cancellationToken
    )
    {
        if (!HarvestGuard.IsSafePath(file.Path))
        {
            var dropped = await ReceiveAsync(conversation, file, upload: null, cancellationToken);
            if (dropped.Error is not null)
                guard.Break();
            return () => Task.FromResult(new Upload(file, null, SkipReason.BadName));
        }

        var upload = BeginUpload(command, cancellationToken);
        try
        {
            await upload.BeginAsync(HeaderFor(command, file), cancellationToken);
            var end = await ReceiveAsync(conversation, file, upload, cancellationToken);
            if (end.Error is not { } error)
                return () => FinishAsync(upload, command, file, end.Sha256);

            guard.Break();
            upload.Dispose();
            return () => Task.FromResult(new Upload(file, null, SkipReasons.Parse(error)));
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    /// <summary>Takes the bytes of one file off the channel, to the store or nowhere.</summary>
    private static async Task<FileEndReport> ReceiveAsync(
        SandboxConversation conversation,
        FileReport file,
        FileUpload? upload,
        CancellationToken cancellationToken
    )
    {
        for (var rest = file.Size; ; )
        {
            var frame = await conversation.ReadAsync(cancellationToken);
            if (frame.Type == ReportType.Data)
            {
                rest -= frame.Payload.Length;
                if (rest < 0)
                    throw HarvestGuard.Violation("a file that is longer than announced");
                if (upload is not null)
                    await upload.WriteAsync(frame.Payload, cancellationToken);
                continue;
            }

            if (frame.Type != ReportType.FileEnd)
                throw SandboxConversation.Unexpected(frame.Type);
            var end = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.FileEndReport);
            if (end.Error is null && rest != 0)
                throw HarvestGuard.Violation("a file that is shorter than announced");
            return end;
        }
    }

    private async Task<Upload> FinishAsync(FileUpload upload, ExecuteCode command, FileReport file, string? sha256)
    {
        var stored = await upload.CompleteAsync();
        if (stored is null)
        {
            NotStored(ReasonOf(upload.Failure));
            return new(file, null, SkipReason.StoreError, Refusal(upload.Failure));
        }

        if (string.Equals(stored.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
            return new(file, stored, SkipReason.StoreError);

        // What was read in the sandbox is not what arrived: nobody shall take it for that.
        try
        {
            await files.DeleteAsync(
                new DeleteFileRequest { UserId = stored.UserId, FileId = stored.FileId },
                GrantHeaders.Of(command),
                Deadline()
            );
        }
        catch (RpcException exception)
        {
            // No reason to run the code again: nobody is told of the file, and it expires.
            WrongNotRemoved(exception);
        }

        return new(file, null, SkipReason.StoreError);
    }

    private FileUpload BeginUpload(ExecuteCode command, CancellationToken cancellationToken) =>
        new(files.Upload(GrantHeaders.Of(command), Deadline(), cancellationToken));

    // For every call: a store that is silent must not hold an execution, and the slot of its runner, for ever.
    private DateTime Deadline() => time.GetUtcNow().UtcDateTime + StoreTimeout;

    private static UploadHeader HeaderFor(ExecuteCode command, FileReport file) =>
        new()
        {
            UserId = command.UserId,
            Filename = file.Path,
            FileSize = file.Size,
            Source = FileSource.Generated,
            ExecutionId = command.ExecutionId,
            // The same file of the same execution, should it run once more after its runner was lost.
            UploadId = $"{command.ExecutionId}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Path)))}",
        };

    private static void Record(Harvest harvest, SandboxLimits limits, Upload upload, IExecutionObserver observer)
    {
        if (upload.Stored is not { } stored)
        {
            Skip(harvest, limits, upload.File.Path, upload.Failure, upload.File.Size, upload.Detail);
            return;
        }

        Add(harvest, stored, upload.File.ModifiedFrom, observer);
    }

    private static void Add(Harvest harvest, StoredFile stored, string? modifiedFrom, IExecutionObserver observer)
    {
        var file = new GeneratedFile
        {
            FileId = stored.FileId,
            Filename = stored.Filename,
            Type = stored.FileType,
            MimeType = stored.MimeType,
            SizeBytes = stored.FileSize,
            Sha256 = stored.Sha256,
            ExpiresAt = stored.ExpiresAt.ToDateTimeOffset(),
            ModifiedFrom = modifiedFrom,
        };
        harvest.Add(file);
        observer.Stored(file);
    }

    private static void Skip(
        Harvest harvest,
        SandboxLimits limits,
        string path,
        SkipReason reason,
        long sizeBytes,
        string? detail = null
    ) =>
        harvest.Skip(
            new SkippedFile(
                HarvestGuard.Shown(path),
                reason,
                Math.Max(0, sizeBytes),
                detail ?? SkipReasons.Describe(reason, sizeBytes, limits)
            )
        );

    // Not the message: it may have the name of the file in it.
    private static string? ReasonOf(Exception? failure) =>
        failure is RpcException refused ? refused.StatusCode.ToString() : failure?.GetType().Name;

    /// <summary>What a user can do something about: a quota that is used up, with its figures.</summary>
    private static string? Refusal(Exception? failure) =>
        failure is RpcException { StatusCode: StatusCode.ResourceExhausted } refused ? refused.Status.Detail : null;

    [LoggerMessage(50, LogLevel.Error, "The file store did not take a generated file: {Reason}")]
    private partial void NotStored(string? reason);

    [LoggerMessage(51, LogLevel.Warning, "Files of an earlier attempt could not be removed")]
    private partial void NotRemoved(Exception exception);

    [LoggerMessage(52, LogLevel.Warning, "A file that did not arrive as it was read could not be removed")]
    private partial void WrongNotRemoved(Exception exception);

    private sealed record Upload(FileReport File, StoredFile? Stored, SkipReason Failure, string? Detail = null);
}
