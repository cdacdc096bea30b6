using CodeInterpreter.Contracts;
using CodeInterpreter.Environments.V1;
using CodeInterpreter.Gateway.Environments;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = CodeInterpreter.Environments.V1;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>What the sandboxes have, over gRPC.</summary>
internal sealed class EnvironmentGrpcService(KnownEnvironments environments, IOptions<ExecutionOptions> limits)
    : EnvironmentService.EnvironmentServiceBase
{
    public override Task<V1.Environment> GetEnvironment(GetEnvironmentRequest request, ServerCallContext context) =>
        Task.FromResult(ToMessage(environments.Get(request.Package), EnvironmentText.Of(environments.Get(), limits.Value)));

    private V1.Environment ToMessage(CommonEnvironment environment, string prompt) =>
        new()
        {
            Images = { environment.Images.Select(ToMessage) },
            Python = environment.Python,
            Languages = { environment.Languages },
            Packages = { environment.Packages.Select(ToMessage) },
            Tools = { environment.Tools.Select(ToMessage) },
            Fonts = { environment.Fonts },
            Locales = { environment.Locales },
            Missing = { environment.Missing.Select(part => new Missing { Name = part.Name, Reason = part.Reason }) },
            WorkingDirectory = EnvironmentText.WorkingDirectory,
            Network = false,
            Limits = ToMessage(limits.Value),
            Prompt = prompt,
        };

    private static Image ToMessage(RunnerImage image) =>
        new()
        {
            Kind = image.Kind,
            Version = image.Version,
            Revision = image.Revision,
            CreatedAt = image.CreatedAt?.ToTimestamp(),
            Runners = image.Runners,
        };

    private static Package ToMessage(VersionedName part) => new() { Name = part.Name, Version = part.Version };

    private static EnvironmentLimits ToMessage(ExecutionOptions limits) =>
        new()
        {
            DefaultWallTimeSeconds = limits.DefaultWallTime.TotalSeconds,
            MaxWallTimeSeconds = limits.MaxWallTime.TotalSeconds,
            MaxCpuTimeSeconds = limits.MaxCpuTime.TotalSeconds,
            MaxMemoryBytes = limits.MaxMemoryBytes,
            MaxProcesses = limits.MaxProcesses,
            MaxOutputBytes = limits.MaxOutputBytes,
            MaxFileBytes = limits.MaxFileBytes,
            MaxFiles = limits.MaxFiles,
            MaxTotalFileBytes = limits.MaxTotalFileBytes,
            MaxCodeBytes = RequestLimits.CodeBytes,
            MaxInputFiles = RequestLimits.UserFiles,
            MaxInputFileBytes = limits.MaxInputFileBytes,
        };
}
