using ADRaffy.ENSNormalize;

namespace CodeInterpreter.FileStore.Files;

/// <summary>Which files to list.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="ExecutionId">Only those this execution wrote; null for all.</param>
/// <param name="Source">Only those from there; null for all.</param>
/// <param name="FileType">Only those of this category; null for all.</param>
/// <param name="NameContains">Only those with this text in their name, in whatever case and Unicode form; null for all.</param>
internal sealed record FileQuery(
    string UserId,
    string? ExecutionId = null,
    FileSource? Source = null,
    string? FileType = null,
    string? NameContains = null
)
{
    /// <summary>
    /// The text that names contain, composed (NFC) and decomposed (NFD): names are kept as they come, and some systems decompose their
    /// letters. .NET itself normalises nothing in its invariant mode.
    /// </summary>
    public IReadOnlyList<string> NameForms =>
        NameContains is null ? [] : [.. new[] { ENSNormalize.NF.NFC(NameContains), ENSNormalize.NF.NFD(NameContains) }.Distinct()];
}
