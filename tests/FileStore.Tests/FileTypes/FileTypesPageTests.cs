using CodeInterpreter.FileStore.FileTypes;

namespace CodeInterpreter.FileStore.Tests.FileTypes;

public sealed class FileTypesPageTests
{
    [Fact]
    public void Page_InTheDocumentation_MatchesTheTable()
    {
        var page = FileTypesPage.Render(FileTypeTable.Load());
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(FileTypesPage.FilePath, page);
        }

        File.ReadAllText(FileTypesPage.FilePath)
            .ShouldBe(page, $"docs/file-types.md is out of date; update it with: {FileTypesPage.HowToUpdate}");
    }
}
