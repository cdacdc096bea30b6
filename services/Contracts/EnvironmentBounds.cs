using System.Globalization;

namespace CodeInterpreter.Contracts;

/// <summary>
/// How large the parts of a <see cref="SandboxEnvironment"/> may be. They end up in the prompts of models, so no text may have a second
/// line, or invisible characters.
/// </summary>
public static class EnvironmentBounds
{
    /// <summary>Size of a description in bytes of JSON.</summary>
    public const int Bytes = 512 * 1024;

    /// <summary>Packages, and fonts.</summary>
    public const int ManyParts = 4000;

    /// <summary>Tools, locales, and what is missing.</summary>
    public const int Parts = 1000;

    /// <summary>Languages.</summary>
    public const int Languages = 32;

    /// <summary>Characters of a name or a version.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of a reason.</summary>
    public const int ReasonLength = 500;

    /// <summary>What is wrong with a description, which may have been read from anywhere; null when nothing is.</summary>
    public static string? FaultOf(SandboxEnvironment environment) =>
        Lists(environment).Select(FaultOf).FirstOrDefault(fault => fault is not null)
        ?? Texts(environment).Select(FaultOf).FirstOrDefault(fault => fault is not null);

    private static IEnumerable<(string Field, IReadOnlyCollection<object?>? List, int Max)> Lists(SandboxEnvironment environment) =>
        [
            ("packages", environment.Packages, ManyParts),
            ("fonts", environment.Fonts, ManyParts),
            ("tools", environment.Tools, Parts),
            ("locales", environment.Locales, Parts),
            ("missing", environment.Missing, Parts),
            ("languages", environment.Languages, Languages),
        ];

    private static IEnumerable<(string Field, string? Value, bool Required, int MaxLength)> Texts(SandboxEnvironment environment) =>
        [
            ("kind", environment.Kind, true, NameLength),
            ("version", environment.Version, false, NameLength),
            ("revision", environment.Revision, false, NameLength),
            ("python", environment.Python, true, NameLength),
            .. Texts("languages", environment.Languages),
            .. Texts("fonts", environment.Fonts),
            .. Texts("locales", environment.Locales),
            .. Texts("packages", environment.Packages.Select(package => package.Name)),
            .. Texts("packages", environment.Packages.Select(package => package.Version), required: false),
            .. Texts("tools", environment.Tools.Select(tool => tool.Name)),
            .. Texts("tools", environment.Tools.Select(tool => tool.Version), required: false),
            .. Texts("missing", environment.Missing.Select(part => part.Name)),
            .. Texts("missing", environment.Missing.Select(part => part.Reason), required: false, ReasonLength),
        ];

    private static IEnumerable<(string Field, string? Value, bool Required, int MaxLength)> Texts(
        string field,
        IEnumerable<string?> texts,
        bool required = true,
        int maxLength = NameLength
    ) => texts.Select(text => (field, text, required, maxLength));

    private static string? FaultOf((string Field, IReadOnlyCollection<object?>? List, int Max) part)
    {
        if (part.List is null || part.List.Contains(null))
            return $"has no {part.Field}, or one of them is null";
        return part.List.Count > part.Max ? $"has {part.List.Count} {part.Field}; at most {part.Max} are allowed" : null;
    }

    private static string? FaultOf((string Field, string? Value, bool Required, int MaxLength) part)
    {
        if (part.Value is null || (part.Required && part.Value.Length == 0))
            return $"has {part.Field} without a text";
        if (part.Value.Length > part.MaxLength)
            return $"has {part.Field} of {part.Value.Length} characters; at most {part.MaxLength} are allowed";
        return part.Value.All(IsVisible) ? null : $"has {part.Field} with control characters";
    }

    // A sign that is written with two of these chars is one of neither kind.
    private static bool IsVisible(char sign) =>
        char.GetUnicodeCategory(sign)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
