using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Environments;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;

namespace CodeInterpreter.Gateway.Http.Environments;

/// <summary>What the sandboxes have to its JSON.</summary>
internal static class EnvironmentBodyMapping
{
    public static EnvironmentBody ToBody(CommonEnvironment environment, ExecutionOptions limits) =>
        new()
        {
            Images = [.. environment.Images.Select(ToBody)],
            Python = environment.Python,
            Languages = environment.Languages,
            Packages = [.. environment.Packages.Select(ToBody)],
            Tools = [.. environment.Tools.Select(ToBody)],
            Fonts = environment.Fonts,
            Locales = environment.Locales,
            Missing = [.. environment.Missing.Select(part => new MissingBody { Name = part.Name, Reason = part.Reason })],
            WorkingDirectory = EnvironmentText.WorkingDirectory,
            Network = false,
            Limits = ToBody(limits),
        };

    private static ImageBody ToBody(RunnerImage image) =>
        new()
        {
            Kind = image.Kind,
            Version = image.Version,
            Revision = image.Revision,
            CreatedAt = image.CreatedAt,
            Runners = image.Runners,
        };

    private static PackageBody ToBody(VersionedName part) => new() { Name = part.Name, Version = part.Version };

    private static EnvironmentLimitsBody ToBody(ExecutionOptions limits) =>
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
