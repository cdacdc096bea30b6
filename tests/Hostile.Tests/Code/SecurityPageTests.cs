using System.Text.RegularExpressions;

namespace CodeInterpreter.Hostile.Tests.Code;

public sealed class SecurityPageTests
{
    [Fact]
    public void Page_InTheDocumentation_HasAllCases()
    {
        var page = SecurityPage.WithCases(File.ReadAllText(SecurityPage.FilePath), HostileCase.All());
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(SecurityPage.FilePath, page);

        File.ReadAllText(SecurityPage.FilePath)
            .ShouldBe(page, $"docs/security.md is out of date; update it with: {SecurityPage.HowToUpdate}");
    }

    [Fact]
    public void Page_TestsItNames_Exist()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(SecurityPage.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();

        var named = SecurityPage.TestsNamedIn(File.ReadAllText(SecurityPage.FilePath)).ToList();

        named.ShouldNotBeEmpty();
        named
            .Where(test =>
                !sources.Any(source =>
                    Regex.IsMatch(source, $@"\bclass {test.Class}\b") && source.Contains($" {test.Method}(", StringComparison.Ordinal)
                )
            )
            .ShouldBeEmpty();
    }
}
