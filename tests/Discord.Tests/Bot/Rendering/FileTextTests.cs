using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Tests.Bot.Rendering;

public sealed class FileTextTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(10 * 1024 * 1024, "10.0 MB")]
    public void Size_IsForPeople(long bytes, string expected) => FileText.Size(bytes).ShouldBe(expected);

    [Theory]
    [InlineData("report.txt", "report.txt")]
    [InlineData("a/b/plot 1.png", "plot_1.png")]
    [InlineData(".hidden", "hidden")]
    [InlineData("..", "file")]
    [InlineData("отчёт.csv", "_____.csv")]
    [InlineData("a\"; filename=\"evil.exe", "a___filename__evil.exe")]
    [InlineData("x\r\nHeader: 1", "x__Header__1")]
    public void AttachmentName_HasNothingThatDiscordOrAHeaderMinds(string path, string expected) =>
        FileText.AttachmentName(path).ShouldBe(expected);

    [Fact]
    public void AttachmentName_ALongName_KeepsItsExtension()
    {
        var name = FileText.AttachmentName(new string('a', 300) + ".parquet");
        name.Length.ShouldBe(80);
        name.ShouldEndWith(".parquet");
    }

    [Fact]
    public void List_ShowsTheNewestThatFit_AndCountsTheRest()
    {
        var files = Enumerable.Range(0, 30).Select(number => Stored($"{number}.csv")).ToList();

        var text = FileListText.Of(files, new FileUsage(500, 5_000_000, null, null));

        text.ShouldStartWith("📎 You have 500 file(s) with 4.8 MB:\n• `0.csv` (data, 10 bytes) ID `1_2_0.csv`, expires <t:1700000000:R>");
        text.Length.ShouldBeLessThanOrEqualTo(2000);
        var listed = text.Split('\n').Count(line => line.StartsWith('•'));
        text.ShouldEndWith($"… and {500 - listed} older ones.");
    }

    [Fact]
    public void List_OfNothing_SaysWhatIsKept() =>
        FileListText.Of([], new FileUsage(0, 0, null, null)).ShouldStartWith("You have no files.");

    private static StoredFile Stored(string name) =>
        new()
        {
            FileId = $"1_2_{name}",
            Filename = name,
            Type = "data",
            Size = 10,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        };
}
