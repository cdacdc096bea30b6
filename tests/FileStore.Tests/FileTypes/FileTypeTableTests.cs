using CodeInterpreter.FileStore.FileTypes;

namespace CodeInterpreter.FileStore.Tests.FileTypes;

public sealed class FileTypeTableTests
{
    private static readonly FileTypeTable Table = FileTypeTable.Load();

    public static TheoryData<string, string, string?> Rows =>
        new(Table.Entries.Select(entry => (entry.Pattern, entry.Category, entry.MimeType)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Find_EveryRow_GivesItsTypeInAnyCaseAndFolder(string pattern, string category, string? mimeType)
    {
        var name = pattern.StartsWith('.') ? $"some file{pattern}" : pattern;

        var type = Table.Find(name);

        type.Category.ShouldBe(category);
        type.MimeType.ShouldBe(mimeType ?? FileTypeTable.KnownMimeType(pattern));
        Table.Find($"a.zip/folder/{name.ToUpperInvariant()}").ShouldBe(type);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryRow_HasAMediaTypeOnlyIfTheLibraryLacksIt(string pattern, string category, string? mimeType)
    {
        FileCategory.All.ShouldContain(category);
        (mimeType ?? FileTypeTable.KnownMimeType(pattern)).ShouldNotBeNull();
        mimeType.ShouldNotBe(FileTypeTable.KnownMimeType(pattern), "the column repeats what ASP.NET Core knows");
    }

    [Theory]
    [InlineData("data", "csv xlsx parquet feather hdf5")]
    [InlineData("image", "png jpg svg bmp gif tiff webp")]
    [InlineData("text", "txt md log rst rtf odt")]
    [InlineData("code", "py js ts r sql java cpp go rs")]
    [InlineData("scientific", "npy pickle mat sav dta sas7bdat joblib")]
    [InlineData("structured", "json xml yaml toml ini")]
    [InlineData("archive", "zip tar gz 7z bz2 xz")]
    [InlineData("database", "db sqlite")]
    [InlineData("web", "html css scss")]
    [InlineData("geospatial", "geojson shp kml gpx")]
    [InlineData("other", "pdf docx ipynb")]
    public void Find_ExtensionsOfTheRequirement_AreInItsCategories(string category, string extensions)
    {
        foreach (var extension in extensions.Split(' '))
        {
            Table.Find($"file.{extension}").Category.ShouldBe(category, extension);
        }
    }

    [Theory]
    [InlineData("data", 15)]
    [InlineData("image", 10)]
    [InlineData("text", 8)]
    [InlineData("code", 15)]
    [InlineData("scientific", 10)]
    [InlineData("structured", 7)]
    [InlineData("archive", 7)]
    [InlineData("database", 4)]
    [InlineData("web", 6)]
    [InlineData("geospatial", 5)]
    [InlineData("other", 10)]
    public void EveryCategory_HasTheRequiredNumberOfTypes(string category, int atLeast) =>
        Table.Entries.Count(entry => entry.Category == category).ShouldBeGreaterThanOrEqualTo(atLeast);

    [Theory]
    [InlineData("backup.tar.gz", "archive", "application/gzip")]
    [InlineData("data.csv.gz", "archive", "application/gzip")]
    [InlineData("report.2025.final.csv", "data", "text/csv")]
    [InlineData("Makefile", "code", "text/x-makefile")]
    [InlineData("docker/Dockerfile", "code", "text/x-dockerfile")]
    [InlineData("CMakeLists.txt", "code", "text/x-cmake")]
    [InlineData("README", "text", "text/plain")]
    [InlineData(".gitignore", "text", "text/plain")]
    [InlineData("Python.gitignore", "text", "text/plain")]
    [InlineData(".env", "structured", "text/plain")]
    [InlineData("stream.mpg", "other", "video/mpeg")]
    public void Find_NamesWithSeveralDotsOrNone_HaveTheExpectedType(string name, string category, string mimeType) =>
        Table.Find(name).ShouldBe(new FileType(category, mimeType));

    [Theory]
    [InlineData("a.unheardof")]
    [InlineData("noextension")]
    [InlineData(".bashrc")]
    [InlineData("dot.")]
    [InlineData("data.csv ")]
    [InlineData("csv")]
    [InlineData("folder.csv/name")]
    [InlineData("…")]
    [InlineData("..")]
    public void Find_UnknownName_IsOther(string name) => Table.Find(name).ShouldBe(FileType.Unknown);

    [Theory]
    [InlineData(".csv")]
    [InlineData(".csv,spreadsheet")]
    [InlineData(",data")]
    [InlineData(".csv,data,")]
    [InlineData(".csv,data,text/csv,more")]
    public void Parse_InvalidRow_IsRefusedWithItsLine(string line) =>
        Should.Throw<FormatException>(() => FileTypeEntry.Parse(line)).Message.ShouldContain(line);
}
