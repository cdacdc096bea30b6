using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>Makes an execution from a valid request: the command for the runners, and the record for the database.</summary>
internal sealed class ExecutionFactory(ExecutionIds ids, IOptions<ExecutionOptions> options, TimeProvider timeProvider)
{
    public (ExecuteCode Command, ExecutionRecord Record) Create(ExecutionRequest request, ExecutionMode mode)
    {
        var command = CreateCommand(request, mode);
        return (command, CreateRecord(command, request, mode));
    }

    private ExecuteCode CreateCommand(ExecutionRequest request, ExecutionMode mode)
    {
        var acceptedAt = timeProvider.GetUtcNow();
        var wallTimeSeconds = request.Limits.WallTimeSeconds ?? options.Value.DefaultWallTime.TotalSeconds;
        return new ExecuteCode
        {
            ExecutionId = ids.Next(),
            UserId = request.UserId,
            Code = request.Code ?? "",
            Language = request.Language.Length == 0 ? Languages.Python : request.Language,
            Stdin = request.Stdin,
            Args = [.. request.Args.OfType<string>()],
            Environment = request.Environment.ToDictionary(variable => variable.Key, variable => variable.Value ?? ""),
            Echo = request.Echo,
            MergeOutput = request.MergeOutput,
            Interactive = mode == ExecutionMode.Interactive,
            Live = mode != ExecutionMode.Plain,
            Profile = request.Profile.Length == 0 ? null : request.Profile,
            WallTimeSeconds = wallTimeSeconds,
            Limits = request.Limits.Within(options.Value),
            AcceptedAt = acceptedAt,
            StartBy = acceptedAt + options.Value.QueueTimeout,
            Deadline = acceptedAt + options.Value.QueueTimeout + TimeSpan.FromSeconds(wallTimeSeconds) + options.Value.TransferTimeout,
        };
    }

    private static ExecutionRecord CreateRecord(ExecuteCode command, ExecutionRequest request, ExecutionMode mode) =>
        new()
        {
            ExecutionId = command.ExecutionId,
            UserId = command.UserId,
            CallerId = request.CallerId,
            AcceptedAt = command.AcceptedAt,
            Deadline = command.Deadline,
            Live = command.Live,
            Bytes = ResultSize.Most(command.Limits.OutputBytes ?? 0, command.Live),
            IdempotencyKey = request.IdempotencyKey.Length == 0 ? null : request.IdempotencyKey,
            RequestHash = request.IdempotencyKey.Length == 0 ? null : RequestFingerprint.Of(request, mode),
        };
}
