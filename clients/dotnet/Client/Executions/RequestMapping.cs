using CodeInterpreter.Execution.V1;
using Google.Protobuf;
using V1 = CodeInterpreter.Execution.V1;

namespace CodeInterpreter.Client;

/// <summary>Requests, as they are sent.</summary>
internal static class RequestMapping
{
    public static ExecuteRequest ToMessage(ExecutionRequest request, string userId, string idempotencyKey)
    {
        ArgumentNullException.ThrowIfNull(request.Code);
        var message = new ExecuteRequest
        {
            UserId = userId,
            Code = request.Code,
            Language = request.Language ?? "",
            Stdin = request.Stdin,
            Args = { request.Arguments },
            Profile = request.Profile ?? "",
            Echo = request.Echo,
            MergeOutput = request.MergeOutput,
            IncludeData = request.IncludeData,
            IdempotencyKey = idempotencyKey,
        };
        if (request.Limits is { } limits)
            message.Limits = ToMessage(limits);
        foreach (var (name, value) in request.Environment)
            message.Environment[name] = value;
        foreach (var file in request.Files)
            Attach(message, file);
        return message;
    }

    private static void Attach(ExecuteRequest message, InputFile file)
    {
        if (file.FileId is null)
            message.Files.Add(new InlineFile { Filename = file.Filename, Content = ByteString.CopyFrom(file.Content.Span) });
        else if (file.Filename is null)
            message.UserFiles.Add(file.FileId);
        else
            message.NamedFiles.Add(new NamedFile { FileId = file.FileId, Filename = file.Filename });
    }

    private static V1.ExecutionLimits ToMessage(ExecutionLimits limits)
    {
        var message = new V1.ExecutionLimits();
        if (limits.WallTime is { } wallTime)
            message.WallTimeSeconds = wallTime.TotalSeconds;
        if (limits.CpuTime is { } cpuTime)
            message.CpuTimeSeconds = cpuTime.TotalSeconds;
        if (limits.MemoryBytes is { } memoryBytes)
            message.MemoryBytes = memoryBytes;
        if (limits.Processes is { } processes)
            message.Processes = processes;
        if (limits.OutputBytes is { } outputBytes)
            message.OutputBytes = outputBytes;
        if (limits.FileBytes is { } fileBytes)
            message.FileBytes = fileBytes;
        if (limits.Files is { } files)
            message.Files = files;
        if (limits.TotalFileBytes is { } totalFileBytes)
            message.TotalFileBytes = totalFileBytes;
        return message;
    }
}
