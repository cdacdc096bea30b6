using System.Globalization;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Files;

/// <summary>The reasons a sandbox gives for not returning an entry, and their descriptions for people.</summary>
internal static class SkipReasons
{
    public static SkipReason Parse(string reason) =>
        reason switch
        {
            "link" => SkipReason.Link,
            "special_file" => SkipReason.SpecialFile,
            "too_large" => SkipReason.TooLarge,
            "too_many" => SkipReason.TooMany,
            "total_size" => SkipReason.TotalSize,
            "bad_name" => SkipReason.BadName,
            "unreadable" => SkipReason.Unreadable,
            _ => throw HarvestValidator.Violation("a skipped entry without a known reason"),
        };

    public static string Describe(SkipReason reason, long sizeBytes, SandboxLimits limits) =>
        reason switch
        {
            SkipReason.Link => "It is a symbolic link; links are never followed.",
            SkipReason.SpecialFile => "It is not a regular file.",
            SkipReason.TooLarge => $"It has {Bytes(sizeBytes)}; a file may have at most {Bytes(limits.FileBytes)}.",
            SkipReason.TooMany => $"An execution may return at most {limits.Files} files.",
            SkipReason.TotalSize => $"All files of an execution may have at most {Bytes(limits.TotalFileBytes)} together.",
            SkipReason.BadName => "Its name is not valid UTF-8, has control characters or is too long.",
            SkipReason.Unreadable => "It could not be read.",
            _ => "The file store did not take it.",
        };

    private static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
