namespace CodeInterpreter.FileStore.FileTypes;

/// <summary>One row of the table of file types.</summary>
/// <param name="Pattern">An extension with its dot, or a whole file name.</param>
/// <param name="Category">One of <see cref="FileCategory.All"/>.</param>
/// <param name="MimeType">Media type where ASP.NET Core knows none or a wrong one, else null.</param>
internal sealed record FileTypeEntry(string Pattern, string Category, string? MimeType)
{
    public static FileTypeEntry Parse(string line) =>
        line.Split(',') switch
        {
            [{ Length: > 0 } pattern, var category] when FileCategory.All.Contains(category) => new(pattern, category, MimeType: null),
            [{ Length: > 0 } pattern, var category, { Length: > 0 } mimeType] when FileCategory.All.Contains(category) => new(
                pattern,
                category,
                mimeType
            ),
            _ => throw new FormatException($"Not a row of the table of file types: '{line}'."),
        };
}
