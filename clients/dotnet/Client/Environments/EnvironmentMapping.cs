using V1 = CodeInterpreter.Environments.V1;

namespace CodeInterpreter.Client;

/// <summary>What sandboxes have, as it arrives.</summary>
internal static class EnvironmentMapping
{
    public static SandboxEnvironment ToEnvironment(V1.Environment message) =>
        new()
        {
            Images =
            [
                .. message.Images.Select(image => new SandboxImage(
                    image.Kind,
                    image.Version,
                    image.Revision,
                    ResultMapping.ToMoment(image.CreatedAt),
                    image.Runners
                )),
            ],
            Python = message.Python,
            Languages = [.. message.Languages],
            Packages = [.. message.Packages.Select(ToPackage)],
            Tools = [.. message.Tools.Select(ToPackage)],
            Fonts = [.. message.Fonts],
            Locales = [.. message.Locales],
            Missing = [.. message.Missing.Select(missing => new MissingPackage(missing.Name, missing.Reason))],
            WorkingDirectory = message.WorkingDirectory,
            Network = message.Network,
            Limits = ToLimits(message.Limits ?? new V1.EnvironmentLimits()),
            Prompt = message.Prompt,
        };

    private static SandboxPackage ToPackage(V1.Package package) => new(package.Name, package.Version);

    private static EnvironmentLimits ToLimits(V1.EnvironmentLimits limits) =>
        new()
        {
            DefaultWallTime = TimeSpan.FromSeconds(limits.DefaultWallTimeSeconds),
            MaxWallTime = TimeSpan.FromSeconds(limits.MaxWallTimeSeconds),
            MaxCpuTime = TimeSpan.FromSeconds(limits.MaxCpuTimeSeconds),
            MaxMemoryBytes = limits.MaxMemoryBytes,
            MaxProcesses = limits.MaxProcesses,
            MaxOutputBytes = limits.MaxOutputBytes,
            MaxFileBytes = limits.MaxFileBytes,
            MaxFiles = limits.MaxFiles,
            MaxTotalFileBytes = limits.MaxTotalFileBytes,
            MaxCodeBytes = limits.MaxCodeBytes,
            MaxInputFiles = limits.MaxInputFiles,
            MaxInputFileBytes = limits.MaxInputFileBytes,
        };
}
