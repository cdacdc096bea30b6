using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Executions.Results;

namespace CodeInterpreter.Gateway.Http.Executions;

/// <summary>Maps JSON bodies to requests, and executions to JSON bodies.</summary>
internal static class ExecutionBodyMapping
{
    public static ExecutionRequest ToRequest(ExecuteBody body) =>
        new()
        {
            UserId = body.UserId ?? "",
            Code = body.Code,
            UserFiles =
            [
                .. (body.UserFiles ?? []).Select(
                    (file, i) => new RequestedFile(file?.FileId, file?.Filename) { Field = $"user_files[{i}]" }
                ),
            ],
            Stdin = body.Stdin ?? "",
            Args = body.Args ?? [],
            Files = [.. (body.Files ?? []).Select(file => new InlineFile(file?.Filename, file?.Data))],
            Environment = body.Environment ?? new Dictionary<string, string?>(),
            Limits = body.Limits?.ToLimits() ?? RequestedLimits.None,
            Language = body.Language ?? "",
            Profile = body.Profile ?? "",
            Echo = body.Echo ?? false,
            MergeOutput = body.MergeOutput ?? false,
            IncludeData = body.IncludeData ?? false,
            IdempotencyKey = body.IdempotencyKey ?? "",
        };

    public static ExecutionResultBody ToBody(DeliveredResult finished)
    {
        var body = ToBody(finished.ExecutionId, finished.Result);
        return finished.Data.Count == 0
            ? body
            : body with
            {
                GeneratedFiles =
                [
                    .. body.GeneratedFiles.Select(file =>
                        finished.Data.TryGetValue(file.FileId, out var data) ? file with { Data = data.ToArray() } : file
                    ),
                ],
            };
    }

    public static ExecutionBody ToBody(ExecutionRecord execution) => ToBody(DeliveredExecution.WithoutData(execution));

    public static ExecutionBody ToBody(DeliveredExecution delivered)
    {
        var execution = delivered.Execution;
        return new ExecutionBody
        {
            ExecutionId = execution.ExecutionId,
            UserId = execution.UserId,
            Status = execution.Status,
            AcceptedAt = execution.AcceptedAt,
            StartedAt = execution.StartedAt,
            FinishedAt = execution.FinishedAt,
            Result = delivered.Result is { } result ? ToBody(result) : null,
        };
    }

    private static ExecutionResultBody ToBody(string executionId, ExecutionResult result) =>
        new()
        {
            Success = result.Outcome == Outcome.Succeeded,
            Output = result.Output.Text,
            Error = result.Error.Text,
            ExecutionTime = result.Usage.WallSeconds,
            ReturnCode = result.ReturnCode,
            GeneratedFiles = [.. result.GeneratedFiles.Select(ToBody)],
            GeneratedFileIds = [.. result.GeneratedFiles.Select(file => file.FileId)],
            SkippedFiles = [.. result.SkippedFiles.Select(ToBody)],
            SkippedFileCount = result.SkippedFileCount,
            LeftBehind = [.. result.LeftBehind.Select(file => new LeftBehindFileBody { Path = file.Path, Size = file.SizeBytes })],
            Outcome = result.Outcome,
            KilledBy = result.KilledBy,
            Message = result.Message,
            Signal = result.Signal,
            Usage = ToBody(result.Usage),
            OutputBytes = result.Output.TotalBytes,
            ErrorBytes = result.Error.TotalBytes,
            OutputTruncated = result.Output.Truncated,
            ErrorTruncated = result.Error.Truncated,
            OutputTail = result.Output.Tail,
            ErrorTail = result.Error.Tail,
            OutputFileId = result.Output.FileId,
            ErrorFileId = result.Error.FileId,
            Exception = result.Exception is { } exception ? ToBody(exception) : null,
            ExecutionId = executionId,
        };

    private static PythonErrorBody ToBody(PythonError error) =>
        new()
        {
            Type = error.Type,
            Message = error.Message,
            Frames =
            [
                .. error.Frames.Select(frame => new PythonFrameBody
                {
                    File = frame.File,
                    Line = frame.Line,
                    Function = frame.Function,
                    Code = frame.Code,
                }),
            ],
            Truncated = error.Truncated,
        };

    public static GeneratedFileBody ToBody(GeneratedFile file) =>
        new()
        {
            Filename = file.Filename,
            Type = file.Type,
            MimeType = file.MimeType,
            Size = file.SizeBytes,
            Sha256 = file.Sha256,
            FileId = file.FileId,
            ExpiresAt = file.ExpiresAt,
            ModifiedFrom = file.ModifiedFrom,
        };

    private static SkippedFileBody ToBody(SkippedFile file) =>
        new()
        {
            Path = file.Path,
            Reason = file.Reason,
            Size = file.SizeBytes,
            Detail = file.Detail,
        };

    private static ResourceUsageBody ToBody(ResourceUsage usage) =>
        new()
        {
            WallSeconds = usage.WallSeconds,
            CpuUserSeconds = usage.CpuUserSeconds,
            CpuSystemSeconds = usage.CpuSystemSeconds,
            PeakMemoryBytes = usage.PeakMemoryBytes,
            OomKills = usage.OomKills,
        };
}
