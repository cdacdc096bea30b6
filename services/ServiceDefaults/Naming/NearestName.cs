namespace CodeInterpreter.ServiceDefaults.Naming;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class NearestName
{
    /// <summary>The nearest of the names, which are not none, and the number of changes that lead from one to the other.</summary>
    public static (string Name, int Changes) Of(string misspelt, IReadOnlyList<string> names)
    {
        var nearest = Nearest(misspelt, names);
        if (nearest.Changes <= 3)
            return nearest;

        // The right name in the wrong section.
        var last = LastPart(misspelt);
        string[] namesakes = [.. names.Where(name => LastPart(name).Equals(last, StringComparison.OrdinalIgnoreCase))];
        return namesakes.Length > 0 ? Nearest(misspelt, namesakes) : nearest;
    }

    private static (string Name, int Changes) Nearest(string misspelt, IReadOnlyList<string> names) =>
        names
            .Select(name => (name, ChangesBetween(misspelt.ToUpperInvariant(), name.ToUpperInvariant())))
            .MinBy(candidate => candidate.Item2);

    private static string LastPart(string name) => name[(name.LastIndexOf(':') + 1)..];

    // Letters that are missing, too many, wrong, or in each other's place.
    private static int ChangesBetween(string one, string other)
    {
        var changes = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            changes[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            changes[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var swap =
                    i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] ? changes[i - 2, j - 2] + 1 : int.MaxValue;
                var replace = changes[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                changes[i, j] = Math.Min(Math.Min(swap, replace), Math.Min(changes[i - 1, j], changes[i, j - 1]) + 1);
            }
        }

        return changes[one.Length, other.Length];
    }
}
