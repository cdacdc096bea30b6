using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Environments;

/// <summary>An image that runners have.</summary>
internal sealed record RunnerImage(string Kind, string Version, string Revision, DateTimeOffset? CreatedAt, int Runners);

/// <summary>What all images of the runners have in common, as any of them may run the next execution.</summary>
internal sealed record CommonEnvironment
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    /// <summary>The images, the newest first.</summary>
    public required IReadOnlyList<RunnerImage> Images { get; init; }

    /// <summary>The version, or several separated by <c> or </c>.</summary>
    public required string Python { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<VersionedName> Packages { get; init; }

    public required IReadOnlyList<VersionedName> Tools { get; init; }

    public required IReadOnlyList<string> Fonts { get; init; }

    public required IReadOnlyList<string> Locales { get; init; }

    /// <summary>What at least one of the images does not have.</summary>
    public required IReadOnlyList<MissingPart> Missing { get; init; }

    /// <summary>What the environments of the runners have in common; at least one is needed.</summary>
    public static CommonEnvironment Of(IReadOnlyCollection<SandboxEnvironment> environments)
    {
        var images = environments
            .GroupBy(environment => (environment.Kind, environment.Version, environment.Revision, environment.CreatedAt))
            .OrderByDescending(image => image.Key.CreatedAt)
            .ThenBy(image => image.Key.Kind, StringComparer.Ordinal)
            .ToList();
        SandboxEnvironment[] newestFirst = [.. images.SelectMany(image => image)];
        return new CommonEnvironment
        {
            Images =
            [
                .. images.Select(image => new RunnerImage(
                    image.Key.Kind,
                    image.Key.Version,
                    image.Key.Revision,
                    image.Key.CreatedAt,
                    image.Count()
                )),
            ],
            Python = string.Join(" or ", newestFirst.Select(environment => environment.Python).Distinct()),
            Languages = InAll(newestFirst, environment => environment.Languages),
            Packages = VersionsInAll(newestFirst, environment => environment.Packages),
            Tools = VersionsInAll(newestFirst, environment => environment.Tools),
            Fonts = [.. InAll(newestFirst, environment => environment.Fonts).Order(Names)],
            Locales = [.. InAll(newestFirst, environment => environment.Locales).Order(Names)],
            Missing =
            [
                .. newestFirst
                    .SelectMany(environment => environment.Missing)
                    .DistinctBy(part => part.Name, Names)
                    .OrderBy(part => part.Name, Names),
            ],
        };
    }

    /// <summary>The same, with no other package than this one.</summary>
    public CommonEnvironment With(string package)
    {
        var wanted = Normal(package);
        return this with
        {
            Packages = [.. Packages.Where(one => Normal(one.Name) == wanted)],
            Missing = [.. Missing.Where(one => Normal(one.Name) == wanted)],
        };
    }

    private static List<string> InAll(SandboxEnvironment[] environments, Func<SandboxEnvironment, IEnumerable<string>> list)
    {
        var common = environments
            .Skip(1)
            .Select(list)
            .Aggregate(
                list(environments[0]).ToHashSet(StringComparer.Ordinal),
                (known, other) =>
                {
                    known.IntersectWith(other);
                    return known;
                }
            );
        return [.. list(environments[0]).Distinct().Where(common.Contains)];
    }

    private static List<VersionedName> VersionsInAll(
        SandboxEnvironment[] environments,
        Func<SandboxEnvironment, IReadOnlyList<VersionedName>> list
    ) =>
        [
            .. environments
                .SelectMany(environment => list(environment).DistinctBy(one => one.Name, Names))
                .GroupBy(one => one.Name, Names)
                .Where(one => one.Count() == environments.Length)
                .Select(one =>
                    one.First() with
                    {
                        Version = one.Select(found => found.Version).Distinct().Take(2).Count() == 1 ? one.First().Version : "",
                    }
                )
                .OrderBy(one => one.Name, Names),
        ];

    // As package indexes compare names.
    private static string Normal(string name) => string.Concat(name.Select(sign => sign is '_' or '.' ? '-' : char.ToLowerInvariant(sign)));
}
