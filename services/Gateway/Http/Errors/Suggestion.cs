using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>Says which name a misspelt one may have been meant to be.</summary>
internal static class Suggestion
{
    // The shortest beginning of a name that is taken for it.
    private const int ShortestBeginning = 4;

    /// <summary>A sentence with the nearest of the names, which begins with a space; empty if none is near.</summary>
    public static string For(string misspelt, IReadOnlyList<string> names)
    {
        var meant = names.FirstOrDefault(name =>
            misspelt.Length >= ShortestBeginning && name.StartsWith(misspelt, StringComparison.OrdinalIgnoreCase)
        );
        if (meant is null && names.Count > 0)
        {
            var (nearest, changes) = NearestName.Of(misspelt, names);
            meant = changes <= Math.Max(1, misspelt.Length / 3) ? nearest : null;
        }

        return meant is null ? "" : $" Did you mean {meant}?";
    }
}
