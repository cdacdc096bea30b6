using Google.Protobuf.WellKnownTypes;
using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Client;

/// <summary>Executions and their results, as they arrive.</summary>
internal static class ResultMapping
{
    public static Execution ToExecution(V1.Execution message) =>
        new()
        {
            ExecutionId = message.ExecutionId,
            UserId = message.UserId,
            Status = message.Status switch
            {
                V1.ExecutionStatus.Queued => ExecutionStatus.Queued,
                V1.ExecutionStatus.Running => ExecutionStatus.Running,
                V1.ExecutionStatus.Finished => ExecutionStatus.Finished,
                _ => ExecutionStatus.Unknown,
            },
            AcceptedAt = ToMoment(message.AcceptedAt) ?? default,
            StartedAt = ToMoment(message.StartedAt),
            FinishedAt = ToMoment(message.FinishedAt),
            Result = message.Result is { } result ? ToResult(result) : null,
        };

    public static ExecutionResult ToResult(V1.ExecutionResult message) =>
        new()
        {
            ExecutionId = message.ExecutionId,
            Outcome = ToOutcome(message.Outcome),
            KilledBy = ToKilledBy(message.KilledBy),
            Message = message.Message,
            Output = message.Output,
            Error = message.Error,
            OutputTail = message.OutputTail,
            ErrorTail = message.ErrorTail,
            OutputBytes = message.OutputBytes,
            ErrorBytes = message.ErrorBytes,
            OutputTruncated = message.OutputTruncated,
            ErrorTruncated = message.ErrorTruncated,
            OutputFileId = NullIfEmpty(message.OutputFileId),
            ErrorFileId = NullIfEmpty(message.ErrorFileId),
            ReturnCode = message.HasReturnCode ? message.ReturnCode : null,
            Signal = NullIfEmpty(message.Signal),
            ExecutionTime = TimeSpan.FromSeconds(message.ExecutionTime),
            Usage = ToUsage(message.Usage ?? new V1.ResourceUsage()),
            Exception = message.Exception is { } exception ? ToException(exception) : null,
            GeneratedFiles = [.. message.GeneratedFiles.Select(ToFile)],
            SkippedFiles =
            [
                .. message.SkippedFiles.Select(file => new SkippedFile(file.Path, ToSkipReason(file.Reason), file.Size, file.Detail)),
            ],
            SkippedFileCount = message.SkippedFileCount,
            LeftBehind = [.. message.LeftBehind.Select(file => new LeftBehindFile(file.Path, file.Size))],
        };

    public static GeneratedFile ToFile(V1.GeneratedFile message) =>
        new()
        {
            FileId = message.FileId,
            Filename = message.Filename,
            Type = message.Type,
            MimeType = message.MimeType,
            Size = message.Size,
            Sha256 = message.Sha256,
            ExpiresAt = ToMoment(message.ExpiresAt) ?? default,
            ModifiedFrom = NullIfEmpty(message.ModifiedFrom),
            Data = message.HasData ? message.Data.Memory : default(ReadOnlyMemory<byte>?),
        };

    public static DateTimeOffset? ToMoment(Timestamp? timestamp) => timestamp?.ToDateTimeOffset();

    private static ResourceUsage ToUsage(V1.ResourceUsage message) =>
        new()
        {
            WallTime = TimeSpan.FromSeconds(message.WallSeconds),
            UserCpuTime = TimeSpan.FromSeconds(message.CpuUserSeconds),
            SystemCpuTime = TimeSpan.FromSeconds(message.CpuSystemSeconds),
            PeakMemoryBytes = message.PeakMemoryBytes,
            OutOfMemoryKills = message.OomKills,
        };

    private static PythonError ToException(V1.PythonException message) =>
        new(
            message.Type,
            message.Message,
            [.. message.Frames.Select(frame => new PythonFrame(frame.File, frame.Line, frame.Function, frame.Code))],
            message.Truncated
        );

    private static Outcome ToOutcome(V1.Outcome outcome) =>
        outcome switch
        {
            V1.Outcome.Succeeded => Outcome.Succeeded,
            V1.Outcome.NonZeroExit => Outcome.NonZeroExit,
            V1.Outcome.Signalled => Outcome.Signalled,
            V1.Outcome.TimedOut => Outcome.TimedOut,
            V1.Outcome.OutOfMemory => Outcome.OutOfMemory,
            V1.Outcome.OutputLimitExceeded => Outcome.OutputLimitExceeded,
            V1.Outcome.Cancelled => Outcome.Cancelled,
            V1.Outcome.SandboxFailed => Outcome.SandboxFailed,
            V1.Outcome.RunnerLost => Outcome.RunnerLost,
            V1.Outcome.InputLost => Outcome.InputLost,
            _ => Outcome.Unknown,
        };

    private static KilledBy ToKilledBy(V1.KilledBy killedBy) =>
        killedBy switch
        {
            V1.KilledBy.Unspecified => KilledBy.Nothing,
            V1.KilledBy.WallTime => KilledBy.WallTime,
            V1.KilledBy.Memory => KilledBy.Memory,
            V1.KilledBy.Output => KilledBy.Output,
            V1.KilledBy.Cancellation => KilledBy.Cancellation,
            V1.KilledBy.Runner => KilledBy.Runner,
            V1.KilledBy.CpuTime => KilledBy.CpuTime,
            _ => KilledBy.Unknown,
        };

    private static SkipReason ToSkipReason(V1.SkipReason reason) =>
        reason switch
        {
            V1.SkipReason.Link => SkipReason.Link,
            V1.SkipReason.SpecialFile => SkipReason.SpecialFile,
            V1.SkipReason.TooLarge => SkipReason.TooLarge,
            V1.SkipReason.TooMany => SkipReason.TooMany,
            V1.SkipReason.TotalSize => SkipReason.TotalSize,
            V1.SkipReason.BadName => SkipReason.BadName,
            V1.SkipReason.Unreadable => SkipReason.Unreadable,
            V1.SkipReason.StoreError => SkipReason.StoreError,
            _ => SkipReason.Unknown,
        };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
