using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Grpc;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public sealed class PageTokenTests
{
    [Fact]
    public void Decode_EncodedPosition_IsTheSame()
    {
        var position = new FilePosition(TestFiles.Noon.AddMilliseconds(7), "a_b-c_1_abcdefghijklmnop");

        PageToken.Decode(PageToken.Encode(position)).ShouldBe(position);
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
