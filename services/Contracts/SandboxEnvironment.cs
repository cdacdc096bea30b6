namespace CodeInterpreter.Contracts;

/// <summary>
/// What is in a sandbox image, as the image describes itself. All texts are one line each, see <see cref="EnvironmentBounds"/>.
/// </summary>
public sealed record SandboxEnvironment
{
    /// <summary>Which of the images it is: <c>standard</c>, <c>slim</c>, or the name that its maker gave it.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the image; empty when it does not say.</summary>
    public string Version { get; init; } = "";

    /// <summary>Revision of the source that it was built from; empty when it does not say.</summary>
    public string Revision { get; init; } = "";

    /// <summary>When it was built; null when it does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Version of its Python, such as <c>3.14.0</c>.</summary>
    public required string Python { get; init; }

    /// <summary>Values that a request may name as <c>language</c>; the first one is the default.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Python packages, by the names that pip has for them.</summary>
    public IReadOnlyList<VersionedName> Packages { get; init; } = [];

    /// <summary>Programs that code can start.</summary>
    public IReadOnlyList<VersionedName> Tools { get; init; } = [];

    /// <summary>Font families.</summary>
    public IReadOnlyList<string> Fonts { get; init; } = [];

    /// <summary>Locales.</summary>
    public IReadOnlyList<string> Locales { get; init; } = [];

    /// <summary>What users may expect but the image lacks.</summary>
    public IReadOnlyList<MissingPart> Missing { get; init; } = [];
}
