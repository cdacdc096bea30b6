using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Images;

/// <summary>
/// Whether an image is one that this runner can trust its sandboxes to. It finds mistakes: an image of another version, files that were
/// replaced, settings that reach into process 1. It is no defence against who makes the image, whose Python and libraries are part of
/// process 1.
/// </summary>
internal static class ImageCheck
{
    private const int NamedDifferences = 3;

    // As for the variables of a request: the loader, the C library and Python read these when process 1 starts.
    private static readonly string[] SteeringPrefixes = ["LD_", "PYTHON", "GLIBC_", "MALLOC_"];
    private static readonly string[] Steering = ["GCONV_PATH", "LOCPATH"];
    private static readonly string[] Own = ["PYTHONDONTWRITEBYTECODE"];

    /// <summary>
    /// What is wrong with the settings of an image; null when nothing is. Entry point, user and health check do not matter: the runner sets
    /// its own.
    /// </summary>
    public static string? FaultOf(ImageSettings settings)
    {
        var variable = settings.Variables.Select(NameOf).FirstOrDefault(IsSteering);
        if (variable is not null)
            return $"sets the environment variable {variable}, which would change the supervisor. Remove that ENV line; "
                + "code gets its variables from its request.";
        return settings.Volumes is [var volume, ..]
            ? $"has a volume at {volume}, which no limit of the sandbox would hold for. Remove that VOLUME line."
            : null;
    }

    /// <summary>What is wrong with the protocol of an image; null when it is this runner's.</summary>
    public static string? FaultOf(ImageDescription description) =>
        description.Protocol == SandboxConversation.ProtocolVersion
            ? null
            : $"speaks version {description.Protocol} of the sandbox protocol; this runner speaks {SandboxConversation.ProtocolVersion}.";

    /// <summary>What is wrong with the files below the places of <see cref="OwnFiles"/>; null when they are this runner's own.</summary>
    public static string? FaultOf(IReadOnlyCollection<ImageFile> files)
    {
        var found = files.ToDictionary(file => file.Path, file => file.Content);
        string[] different =
        [
            .. OwnFiles
                .Contents.Where(own => !(found.GetValueOrDefault(own.Key)?.AsSpan().SequenceEqual(own.Value) ?? false))
                .Select(own => own.Key),
            .. found.Where(file => !OwnFiles.Contents.ContainsKey(file.Key) && !IsHarmless(file.Key, file.Value)).Select(file => file.Key),
        ];
        if (different.Length == 0)
            return null;

        var named = string.Join(", ", different.Order(StringComparer.Ordinal).Take(NamedDifferences));
        var more = different.Length > NamedDifferences ? $" and {different.Length - NamedDifferences} more" : "";
        return $"has another supervisor than this runner: {named}{more} differ.";
    }

    // Compiled copies are used where they fit their source, and data is not imported.
    private static bool IsHarmless(string path, byte[]? content) =>
        content is not null
        && Path.GetExtension(path) switch
        {
            ".pyc" => path.Contains("/__pycache__/", StringComparison.Ordinal),
            ".py" or ".so" or ".pth" => false,
            _ => true,
        };

    private static string NameOf(string variable) => variable.Split('=', 2)[0];

    private static bool IsSteering(string name) =>
        !Own.Contains(name)
        && (Steering.Contains(name) || SteeringPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
