using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Executions.Results;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Bus = CodeInterpreter.Contracts;
using Status = CodeInterpreter.Execution.V1.ExecutionStatus;
using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Maps gRPC messages to requests, and executions to gRPC messages.</summary>
internal static class ExecutionMapping
{
    public static ExecutionRequest ToRequest(ExecuteRequest message) =>
        new()
        {
            UserId = message.UserId,
            Code = message.Code,
            UserFiles =
            [
                .. RequestedFile.Of(message.UserFiles),
                .. message.NamedFiles.Select((file, i) => new RequestedFile(file.FileId, file.Filename) { Field = $"named_files[{i}]" }),
            ],
            Stdin = message.Stdin,
            Args = message.Args,
            Files = [.. message.Files.Select(ToFile)],
            Environment = message.Environment.ToDictionary(variable => variable.Key, string? (variable) => variable.Value),
            Limits = message.Limits is null ? RequestedLimits.None : ToLimits(message.Limits),
            Language = message.Language,
            Profile = message.Profile,
            Echo = message.Echo,
            MergeOutput = message.MergeOutput,
            IncludeData = message.IncludeData,
            IdempotencyKey = message.IdempotencyKey,
        };

    private static Executions.Requests.InlineFile ToFile(V1.InlineFile file, int i) =>
        file.Data.IsEmpty || file.Content.IsEmpty
            ? new Executions.Requests.InlineFile(file.Filename, file.Data.IsEmpty ? file.Content.Memory : file.Data.Memory)
            : throw GatewayException.Invalid($"files[{i}].content", "is the old name of data; set only one of them.");

    public static ExecutionResult ToMessage(DeliveredResult finished)
    {
        var message = ToMessage(finished.ExecutionId, finished.Result);
        foreach (var file in message.GeneratedFiles)
        {
            if (finished.Data.TryGetValue(file.FileId, out var data))
            {
                file.Data = ByteString.CopyFrom(data.Span);
            }
        }

        return message;
    }

    public static V1.Execution ToMessage(ExecutionRecord execution) => ToMessage(DeliveredExecution.WithoutData(execution));

    public static V1.Execution ToMessage(DeliveredExecution delivered)
    {
        var execution = delivered.Execution;
        return new V1.Execution
        {
            ExecutionId = execution.ExecutionId,
            UserId = execution.UserId,
            Status = ToMessage(execution.Status),
            AcceptedAt = execution.AcceptedAt.ToTimestamp(),
            StartedAt = execution.StartedAt?.ToTimestamp(),
            FinishedAt = execution.FinishedAt?.ToTimestamp(),
            Result = delivered.Result is { } result ? ToMessage(result) : null,
        };
    }

    private static ExecutionResult ToMessage(string executionId, Bus.ExecutionResult result)
    {
        var message = new ExecutionResult
        {
            ExecutionId = executionId,
            Success = result.Outcome == Bus.Outcome.Succeeded,
            Output = result.Output.Text,
            Error = result.Error.Text,
            ExecutionTime = result.Usage.WallSeconds,
            SkippedFileCount = result.SkippedFileCount,
            Outcome = ToMessage(result.Outcome),
            KilledBy = ToMessage(result.KilledBy),
            Message = result.Message,
            Signal = result.Signal ?? "",
            Usage = ToMessage(result.Usage),
            OutputBytes = result.Output.TotalBytes,
            ErrorBytes = result.Error.TotalBytes,
            OutputTruncated = result.Output.Truncated,
            ErrorTruncated = result.Error.Truncated,
            OutputTail = result.Output.Tail,
            ErrorTail = result.Error.Tail,
            OutputFileId = result.Output.FileId ?? "",
            ErrorFileId = result.Error.FileId ?? "",
            Exception = result.Exception is { } exception ? ToMessage(exception) : null,
        };
        if (result.ReturnCode is { } returnCode)
        {
            message.ReturnCode = returnCode;
        }

        message.GeneratedFiles.AddRange(result.GeneratedFiles.Select(ToMessage));
        message.GeneratedFileIds.AddRange(result.GeneratedFiles.Select(file => file.FileId));
        message.SkippedFiles.AddRange(result.SkippedFiles.Select(ToMessage));
        message.LeftBehind.AddRange(result.LeftBehind.Select(file => new LeftBehindFile { Path = file.Path, Size = file.SizeBytes }));
        return message;
    }

    private static RequestedLimits ToLimits(V1.ExecutionLimits limits) =>
        new()
        {
            WallTimeSeconds = limits.HasWallTimeSeconds ? limits.WallTimeSeconds : null,
            CpuTimeSeconds = limits.HasCpuTimeSeconds ? limits.CpuTimeSeconds : null,
            MemoryBytes = limits.HasMemoryBytes ? limits.MemoryBytes : null,
            Processes = limits.HasProcesses ? limits.Processes : null,
            OutputBytes = limits.HasOutputBytes ? limits.OutputBytes : null,
            FileBytes = limits.HasFileBytes ? limits.FileBytes : null,
            Files = limits.HasFiles ? limits.Files : null,
            TotalFileBytes = limits.HasTotalFileBytes ? limits.TotalFileBytes : null,
        };

    private static PythonException ToMessage(Bus.PythonError error) =>
        new()
        {
            Type = error.Type,
            Message = error.Message,
            Truncated = error.Truncated,
            Frames =
            {
                error.Frames.Select(frame => new PythonFrame
                {
                    File = frame.File,
                    Line = frame.Line,
                    Function = frame.Function,
                    Code = frame.Code,
                }),
            },
        };

    internal static GeneratedFile ToMessage(Bus.GeneratedFile file) =>
        new()
        {
            Filename = file.Filename,
            Type = file.Type,
            MimeType = file.MimeType,
            Size = file.SizeBytes,
            Sha256 = file.Sha256,
            FileId = file.FileId,
            ExpiresAt = file.ExpiresAt.ToTimestamp(),
            ModifiedFrom = file.ModifiedFrom ?? "",
        };

    private static SkippedFile ToMessage(Bus.SkippedFile file) =>
        new()
        {
            Path = file.Path,
            Reason = ToMessage(file.Reason),
            Size = file.SizeBytes,
            Detail = file.Detail,
        };

    private static ResourceUsage ToMessage(Bus.ResourceUsage usage) =>
        new()
        {
            WallSeconds = usage.WallSeconds,
            CpuUserSeconds = usage.CpuUserSeconds,
            CpuSystemSeconds = usage.CpuSystemSeconds,
            PeakMemoryBytes = usage.PeakMemoryBytes,
            OomKills = usage.OomKills,
        };

    internal static Status ToMessage(Executions.Records.ExecutionStatus status) =>
        status switch
        {
            Executions.Records.ExecutionStatus.Queued => Status.Queued,
            Executions.Records.ExecutionStatus.Running => Status.Running,
            Executions.Records.ExecutionStatus.Finished => Status.Finished,
            _ => Status.Unspecified,
        };

    internal static Outcome ToMessage(Bus.Outcome outcome) =>
        outcome switch
        {
            Bus.Outcome.Succeeded => Outcome.Succeeded,
            Bus.Outcome.NonZeroExit => Outcome.NonZeroExit,
            Bus.Outcome.Signalled => Outcome.Signalled,
            Bus.Outcome.TimedOut => Outcome.TimedOut,
            Bus.Outcome.OutOfMemory => Outcome.OutOfMemory,
            Bus.Outcome.OutputLimitExceeded => Outcome.OutputLimitExceeded,
            Bus.Outcome.Cancelled => Outcome.Cancelled,
            Bus.Outcome.SandboxFailed => Outcome.SandboxFailed,
            Bus.Outcome.RunnerLost => Outcome.RunnerLost,
            Bus.Outcome.InputLost => Outcome.InputLost,
            _ => Outcome.Unspecified,
        };

    internal static KilledBy ToMessage(Bus.KilledBy? killedBy) =>
        killedBy switch
        {
            Bus.KilledBy.WallTime => KilledBy.WallTime,
            Bus.KilledBy.CpuTime => KilledBy.CpuTime,
            Bus.KilledBy.Memory => KilledBy.Memory,
            Bus.KilledBy.Output => KilledBy.Output,
            Bus.KilledBy.Cancellation => KilledBy.Cancellation,
            Bus.KilledBy.Runner => KilledBy.Runner,
            _ => KilledBy.Unspecified,
        };

    internal static SkipReason ToMessage(Bus.SkipReason reason) =>
        reason switch
        {
            Bus.SkipReason.Link => SkipReason.Link,
            Bus.SkipReason.SpecialFile => SkipReason.SpecialFile,
            Bus.SkipReason.TooLarge => SkipReason.TooLarge,
            Bus.SkipReason.TooMany => SkipReason.TooMany,
            Bus.SkipReason.TotalSize => SkipReason.TotalSize,
            Bus.SkipReason.BadName => SkipReason.BadName,
            Bus.SkipReason.Unreadable => SkipReason.Unreadable,
            Bus.SkipReason.StoreError => SkipReason.StoreError,
            _ => SkipReason.Unspecified,
        };
}
