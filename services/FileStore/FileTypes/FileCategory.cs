namespace CodeInterpreter.FileStore.FileTypes;

/// <summary>The values of <c>file_type</c>.</summary>
internal static class FileCategory
{
    public const string Other = "other";

    /// <summary>All categories, in the order the documentation shows them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "data",
        "image",
        "text",
        "code",
        "scientific",
        "structured",
        "archive",
        "database",
        "web",
        "geospatial",
        Other,
    ];
}
