using System.Text.RegularExpressions;

namespace CodeInterpreter.Documentation.Tests;

public sealed partial class LinkTests
{
    public static TheoryData<string> Pages =>
        [
            .. Repository
                .Find("*.md")
                .Where(page => !page.Contains("/bin/", StringComparison.Ordinal) && !page.Contains("/obj/", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFiles(string page) =>
        Link()
            .Matches(Repository.Read(page))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Repository.Exists(Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0])))
            .ShouldBeEmpty(page);

    // The recipes name what to change: a file that was moved since leads people astray.
    [Fact]
    public void Recipes_FilesTheyName_Exist() =>
        PathInCode()
            .Matches(Repository.Read("CONTRIBUTING.md"))
            .Select(match => match.Groups["path"].Value)
            .Where(path => !Repository.Exists(path))
            .ShouldBeEmpty();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(services|tests|protos|docs|k8s|\.dev|\.github)/[^`*\s<>]*)`")]
    private static partial Regex PathInCode();
}
