namespace CodeInterpreter.Gateway.Http.Environments;

/// <summary>What sandboxes contain. While runners have different images, it is what these images have in common.</summary>
internal sealed record EnvironmentBody
{
    /// <summary>The images that runners have at the moment, the newest first.</summary>
    public required IReadOnlyList<ImageBody> Images { get; init; }

    /// <summary>Version of Python, such as 3.14.0. Several versions are separated by " or ".</summary>
    public required string Python { get; init; }

    /// <summary>The values of `language` in a request; the first one is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Python packages, sorted by name.</summary>
    public required IReadOnlyList<PackageBody> Packages { get; init; }

    /// <summary>Programs that code can start, sorted by name.</summary>
    public required IReadOnlyList<PackageBody> Tools { get; init; }

    /// <summary>Font families.</summary>
    public required IReadOnlyList<string> Fonts { get; init; }

    /// <summary>Locales.</summary>
    public required IReadOnlyList<string> Locales { get; init; }

    /// <summary>What users may expect, but at least one of the images does not have.</summary>
    public required IReadOnlyList<MissingBody> Missing { get; init; }

    /// <summary>The directory in which code starts, and whose files are returned.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Whether code can reach a network: it never can.</summary>
    public required bool Network { get; init; }

    /// <summary>The default and maximum limits of an execution.</summary>
    public required EnvironmentLimitsBody Limits { get; init; }
}

/// <summary>An image that runners have.</summary>
internal sealed record ImageBody
{
    /// <summary>`standard`, `slim`, or the name that its maker gave it.</summary>
    public required string Kind { get; init; }

    /// <summary>Its version; empty if unknown.</summary>
    public required string Version { get; init; }

    /// <summary>Revision of the source it was built from; empty if unknown.</summary>
    public required string Revision { get; init; }

    /// <summary>When it was built; null if unknown.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How many runners have it.</summary>
    public required int Runners { get; init; }
}

/// <summary>A package or a program.</summary>
internal sealed record PackageBody
{
    /// <summary>Its name; for a package the name that pip uses.</summary>
    public required string Name { get; init; }

    /// <summary>Its version; empty if it is unknown, or if the images have different ones.</summary>
    public required string Version { get; init; }
}

/// <summary>Something that is missing.</summary>
internal sealed record MissingBody
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Why it is missing, or what to use instead; may be empty.</summary>
    public required string Reason { get; init; }
}
