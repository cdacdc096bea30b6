using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Tests.Settings;

public sealed class DurationTests
{
    [Theory]
    [InlineData("48h", "2.00:00:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("15m", "00:15:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("500ms", "00:00:00.5")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("0s", "00:00:00")]
    [InlineData(" 90s ", "00:01:30")]
    [InlineData("00:01:30", "00:01:30")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("00:00:00.1", "00:00:00.1")]
    [InlineData("-00:00:01", "-00:00:01")]
    public void Parse_NumberWithUnit_IsADuration(string text, string expected)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.Parse(expected));
    }

    [Theory]
    [InlineData("48")]
    [InlineData("0")]
    [InlineData("1e9")]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("48 hours")]
    [InlineData("48H")]
    [InlineData("-1s")]
    [InlineData("1,5h")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999999999999d")]
    [InlineData("10675200d")]
    [InlineData("25:00:00:00:00")]
    public void Parse_NumberWithoutUnitOrOtherText_Fails(string text) => Duration.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2.00:00:00", "48h")]
    [InlineData("7.00:00:00", "7d")]
    [InlineData("00:01:30", "90s")]
    [InlineData("00:00:00.5", "500ms")]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:00.0000001", "00:00:00.0000001")]
    public void Format_UsesTheLargestUnitThatFitsAndCanBeParsed(string duration, string expected)
    {
        var text = Duration.Format(TimeSpan.Parse(duration));

        text.ShouldBe(expected);
        Duration.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(TimeSpan.Parse(duration));
    }
}
