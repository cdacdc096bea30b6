namespace CodeInterpreter.Client;

/// <summary>What code finds in a sandbox. While runners have different images, it is what all of these images have.</summary>
public sealed record SandboxEnvironment
{
    /// <summary>The images that runners have, the newest first.</summary>
    public IReadOnlyList<SandboxImage> Images { get; init; } = [];

    /// <summary>Version of Python; several are separated by <c> or </c>.</summary>
    public string Python { get; init; } = "";

    /// <summary>Values of <see cref="ExecutionRequest.Language"/>; the first one is the default.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Python packages by name.</summary>
    public IReadOnlyList<SandboxPackage> Packages { get; init; } = [];

    /// <summary>Programs that code can start, by name.</summary>
    public IReadOnlyList<SandboxPackage> Tools { get; init; } = [];

    /// <summary>Font families.</summary>
    public IReadOnlyList<string> Fonts { get; init; } = [];

    /// <summary>Locales.</summary>
    public IReadOnlyList<string> Locales { get; init; } = [];

    /// <summary>What users may expect and at least one of the images does not have, with the reason.</summary>
    public IReadOnlyList<MissingPackage> Missing { get; init; } = [];

    /// <summary>The directory in which code starts, and whose files are returned.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Whether code can reach a network.</summary>
    public bool Network { get; init; }

    /// <summary>What an execution may use.</summary>
    public EnvironmentLimits Limits { get; init; } = new();

    /// <summary>All of this as a text for the prompt of a model, at most 5,000 characters.</summary>
    public string Prompt { get; init; } = "";
}

/// <summary>An image that runners have.</summary>
/// <param name="Kind"><c>standard</c>, <c>slim</c>, or the name that its maker gave it.</param>
/// <param name="Version">Its version; empty where it has none.</param>
/// <param name="Revision">The revision of its source; empty where it is not known.</param>
/// <param name="CreatedAt">When it was built; null where it is not known.</param>
/// <param name="Runners">How many runners have it.</param>
public sealed record SandboxImage(string Kind, string Version, string Revision, DateTimeOffset? CreatedAt, int Runners);

/// <summary>A Python package or a program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; empty where it is not known, or where the images have different ones.</param>
public sealed record SandboxPackage(string Name, string Version);

/// <summary>A package or program that an image does not have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why, or what to use in its place; may be empty.</param>
public sealed record MissingPackage(string Name, string Reason);

/// <summary>What an execution may use: by default, and at most.</summary>
public sealed record EnvironmentLimits
{
    /// <summary>Wall-clock time of a request that names none.</summary>
    public TimeSpan DefaultWallTime { get; init; }

    /// <summary>Longest wall-clock time.</summary>
    public TimeSpan MaxWallTime { get; init; }

    /// <summary>Longest CPU time that a request may name.</summary>
    public TimeSpan MaxCpuTime { get; init; }

    /// <summary>Bytes of memory, files in the sandbox included.</summary>
    public long MaxMemoryBytes { get; init; }

    /// <summary>Processes and threads.</summary>
    public int MaxProcesses { get; init; }

    /// <summary>Bytes kept of each output stream.</summary>
    public int MaxOutputBytes { get; init; }

    /// <summary>Bytes of the largest file that is stored.</summary>
    public long MaxFileBytes { get; init; }

    /// <summary>Files that are stored.</summary>
    public int MaxFiles { get; init; }

    /// <summary>Bytes of all files that are stored.</summary>
    public long MaxTotalFileBytes { get; init; }

    /// <summary>Bytes of code.</summary>
    public int MaxCodeBytes { get; init; }

    /// <summary>Input files.</summary>
    public int MaxInputFiles { get; init; }

    /// <summary>Bytes of all input files.</summary>
    public long MaxInputFileBytes { get; init; }
}
