using CodeInterpreter.ServiceDefaults.Paging;

namespace CodeInterpreter.ServiceDefaults.Tests.Paging;

public sealed class PageTokenTests
{
    [Fact]
    public void Decode_EncodedPosition_IsTheSame()
    {
        var (time, id) = (new DateTimeOffset(2026, 1, 2, 12, 0, 0, 7, TimeSpan.Zero), "a_b-c_1_abcdefghijklmnop");

        PageToken.Decode(PageToken.Encode(time, id)).ShouldBe((time, id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("abcde")]
    [InlineData("LTE6YQ")]
    [InlineData("MTo")]
    [InlineData("MTphOmI")]
    public void Decode_AnythingElse_IsNull(string token) => PageToken.Decode(token).ShouldBeNull();
}
