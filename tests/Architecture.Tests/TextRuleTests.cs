using System.Globalization;
using System.Text.RegularExpressions;

namespace CodeInterpreter.Architecture.Tests;

public sealed partial class TextRuleTests
{
    private static readonly string[] Sources = [".cs", ".py", ".sh", ".proto"];

    // What a hostile program has to leave behind is one line of its header.
    private const string HostilePrograms = "^tests/Hostile.Tests/(Cases|Equivalence)/.*[.]py$";

    // A pattern is removed from here as soon as what it matches is clean, and never added again.
    private static readonly string[] NotYetClean = ["^services/SandboxImage/"];

    [Fact]
    public void Files_HaveNoConflictMarkers()
    {
        TrackedFiles.All.ShouldNotBeEmpty();
        TrackedFiles.All.Where(path => HasConflictMarkers(TrackedFiles.LinesOf(path))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<<<<<<< HEAD")]
    [InlineData("||||||| base")]
    [InlineData(">>>>>>> main")]
    public void ConflictMarker_IsFound(string marker) => HasConflictMarkers(["one", marker, "other"]).ShouldBeTrue();

    [Theory]
    [InlineData("Title\n=======")]
    [InlineData("a <<<<<<< b")]
    public void ConflictMarker_SimilarText_IsNotFound(string text) => HasConflictMarkers(text.Split('\n')).ShouldBeFalse();

    [Fact]
    public void Lines_AreNotLongerThanEditorConfigAllows()
    {
        var longest = LongestLine(Repository.Lines(".editorconfig"));
        TrackedFiles
            .All.Where(path => Sources.Contains(Path.GetExtension(path)))
            .Where(path => !NotYetClean.Append(HostilePrograms).Any(pattern => Regex.IsMatch(path, pattern)))
            .SelectMany(path => TooLong(path, TrackedFiles.LinesOf(path), longest))
            .ShouldBeEmpty();
    }

    [Fact]
    public void MaxLineLength_IsReadFromTheSectionForAllFiles() =>
        LongestLine(["[*]", "max_line_length = 7", "", "[*.md]", "max_line_length = 9"]).ShouldBe(7);

    // Letters that take several characters, or several bytes, are one.
    [Fact]
    public void LongLine_IsFound() =>
        TooLong("a.cs", ["1234567", "12345678", "12345🙂7", "äöüäöüä"], 7).ShouldBe(["a.cs:2 has 8 characters"]);

    private static bool HasConflictMarkers(IEnumerable<string> lines) => lines.Any(line => ConflictMarker().IsMatch(line));

    private static IEnumerable<string> TooLong(string path, IReadOnlyList<string> lines, int longest) =>
        lines
            .Select((line, i) => (Number: i + 1, Length: line.EnumerateRunes().Count()))
            .Where(line => line.Length > longest)
            .Select(line => $"{path}:{line.Number} has {line.Length} characters");

    private static int LongestLine(IEnumerable<string> configuration) =>
        configuration
            .SkipWhile(line => line != "[*]")
            .Select(line => MaxLineLength().Match(line))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .First();

    // Not the line of equals signs between them, which in other files underlines a title.
    [GeneratedRegex("^(<{7}|>{7}|[|]{7})( |\r?$)")]
    private static partial Regex ConflictMarker();

    [GeneratedRegex("^max_line_length *= *([0-9]+)$")]
    private static partial Regex MaxLineLength();
}
