using System.Text;
using CodeInterpreter.FileStore.FileTypes;

namespace CodeInterpreter.FileStore.Tests.FileTypes;

public sealed class FileTypeDetectorTests
{
    private const string Png = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR";
    private const string Zip = "PK\u0003\u0004\u0014\0";

    private readonly FileTypeDetector _detector = new(FileTypeTable.Load());

    [Theory]
    [InlineData("plot", Png, "image", "image/png")]
    [InlineData("plot.dat.unheard", Png, "image", "image/png")]
    [InlineData("result", "%PDF-1.7", "other", "application/pdf")]
    [InlineData("data", "PAR1\u0015", "data", "application/vnd.apache.parquet")]
    [InlineData("notes", "plain words", "text", "text/plain")]
    [InlineData("blob", "\0\u0001\u0002", "other", "application/octet-stream")]
    public void Detect_NameWithoutAKnownExtension_ChecksTheContent(string name, string head, string category, string mimeType) =>
        ShouldBe(name, head, category, mimeType);

    [Theory]
    [InlineData("plot.jpg", Png, "image", "image/png")]
    [InlineData("table.csv", Png, "image", "image/png")]
    [InlineData("page.html", "%PDF-1.7", "other", "application/pdf")]
    [InlineData("plot.png", "Traceback (most recent call last)", "text", "text/plain")]
    public void Detect_NameThatContradictsTheContent_UsesTheContent(string name, string head, string category, string mimeType) =>
        ShouldBe(name, head, category, mimeType);

    [Theory]
    [InlineData("plot.PNG", Png, "image", "image/png")]
    [InlineData("book.xlsx", Zip, "data", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("logs.tar.gz", "\u001f\u008b\b", "archive", "application/gzip")]
    [InlineData("a.csv", "a,b\n1,2", "data", "text/csv")]
    [InlineData("a.csv", "", "data", "text/csv")]
    [InlineData("plot.png", "", "image", "image/png")]
    [InlineData("model.pkl", "\u0080\u0004", "scientific", null)]
    public void Detect_NameThatFitsTheContent_IsUsed(string name, string head, string category, string? mimeType) =>
        ShouldBe(name, head, category, mimeType);

    [Fact]
    public void Detect_TextCutWithinACharacter_IsText() =>
        _detector.Detect("notes", Encoding.UTF8.GetBytes("größe 日本").AsSpan(..^1)).MimeType.ShouldBe("text/plain");

    private void ShouldBe(string name, string head, string category, string? mimeType)
    {
        var type = _detector.Detect(name, Encoding.Latin1.GetBytes(head));

        type.Category.ShouldBe(category);
        if (mimeType is not null)
            type.MimeType.ShouldBe(mimeType);
    }
}
