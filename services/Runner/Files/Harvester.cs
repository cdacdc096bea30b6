using System.Buffers;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Runner.Files;

/// <summary>Brings the files of a sandbox to the file store, streaming, and notes what became of each entry.</summary>
internal sealed partial class Harvester(OutputStore store, ILogger<Harvester> logger)
{
    // The last byte of a small file is here at once, with that of the next; each unfinished upload holds a stream of the connection.
    private const int SmallBytes = Frame.DataBytes;
    private const int MaxUnfinished = 32;

    /// <summary>Reads until the sandbox is done; <paramref name="harvest"/> has all that is stored, also when this throws.</summary>
    public async Task HarvestAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        SandboxLimits limits,
        Harvest harvest,
        IHarvestObserver observer,
        CancellationToken cancellationToken
    )
    {
        var validator = new HarvestValidator(limits, command.InputFiles);
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
                        validator.Check(file);
                        var isSmall = file.Size <= SmallBytes;
                        if (!isSmall)
                            FinishReceived();
                        received.Add(await ReceiveAsync(conversation, command, file, validator, cancellationToken));
                        if (!isSmall || received.Count == MaxUnfinished)
                            FinishReceived();
                        break;
                    case ReportType.Skipped:
                        var skipped = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.SkippedReport);
                        validator.Check(skipped);
                        Skip(harvest, limits, skipped.Path, SkipReasons.Parse(skipped.Reason), skipped.Size);
                        break;
                    case ReportType.Done:
                        var done = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.DoneReport);
                        harvest.SkipUnreported(validator.Check(done));
                        harvest.LeftBehind = HarvestValidator.Check(done.LeftBehind);
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
        IHarvestObserver observer,
        CancellationToken cancellationToken
    )
    {
        // A file of that name that the code wrote keeps it.
        while (harvest.GeneratedFiles.Any(other => other.Filename == name))
            name = "_" + name;
        using var upload = store.Upload(command, cancellationToken);
        await upload.BeginAsync(OutputStore.HeaderFor(command, name, content.Length), cancellationToken);
        await upload.WriteAsync(content, cancellationToken);
        if (await upload.CompleteAsync() is not { } stored)
        {
            NotStored(ReasonOf(upload.Failure));
            return null;
        }

        Add(harvest, stored, modifiedFrom: null, observer);
        return stored.FileId;
    }

    /// <summary>Takes one file off the channel; what it returns ends the upload, and waits for the store's answer.</summary>
    private async Task<Func<Task<Upload>>> ReceiveAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        FileReport file,
        HarvestValidator validator,
        CancellationToken cancellationToken
    )
    {
        if (!HarvestValidator.IsSafePath(file.Path))
        {
            var dropped = await ReceiveAsync(conversation, file, upload: null, cancellationToken);
            if (dropped.Error is not null)
                validator.Break();
            return () => Task.FromResult(new Upload(file, null, SkipReason.BadName));
        }

        var upload = store.Upload(command, cancellationToken);
        try
        {
            await upload.BeginAsync(OutputStore.HeaderFor(command, file.Path, file.Size), cancellationToken);
            var end = await ReceiveAsync(conversation, file, upload, cancellationToken);
            if (end.Error is not { } error)
                return () => FinishAsync(upload, command, file, end.Sha256);

            validator.Break();
            upload.Dispose();
            return () => Task.FromResult(new Upload(file, null, SkipReasons.Parse(error)));
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    /// <summary>Reads the bytes of one file from the channel, and uploads or drops them.</summary>
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
                    throw HarvestValidator.Violation("a file that is longer than announced");
                if (upload is not null)
                    await upload.WriteAsync(frame.Payload, cancellationToken);
                continue;
            }

            if (frame.Type != ReportType.FileEnd)
                throw SandboxConversation.Unexpected(frame.Type);
            var end = ProtocolJson.Read(frame.Payload, ProtocolJson.Default.FileEndReport);
            if (end.Error is null && rest != 0)
                throw HarvestValidator.Violation("a file that is shorter than announced");
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

        // What arrived is not what was read in the sandbox, so nobody may use it.
        await store.TryRemoveAsync(command, stored);
        return new(file, null, SkipReason.StoreError);
    }

    private static void Record(Harvest harvest, SandboxLimits limits, Upload upload, IHarvestObserver observer)
    {
        if (upload.Stored is not { } stored)
        {
            Skip(harvest, limits, upload.File.Path, upload.Failure, upload.File.Size, upload.Detail);
            return;
        }

        Add(harvest, stored, upload.File.ModifiedFrom, observer);
    }

    private static void Add(Harvest harvest, StoredFile stored, string? modifiedFrom, IHarvestObserver observer)
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
                HarvestValidator.Shown(path),
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

    private sealed record Upload(FileReport File, StoredFile? Stored, SkipReason Failure, string? Detail = null);
}
