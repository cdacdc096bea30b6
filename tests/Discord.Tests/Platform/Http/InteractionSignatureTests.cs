using CodeInterpreter.Discord.Platform.Http;

namespace CodeInterpreter.Discord.Tests.Platform.Http;

public sealed class InteractionSignatureTests
{
    // Test 3 of RFC 8032, section 7.1.
    private const string Key = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
    private const string Signature =
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    private static readonly byte[] Message = [0xaf, 0x82];

    [Fact]
    public void ASignature_OfTheStandard_IsAccepted_AlsoInUpperCase()
    {
        InteractionSignature.WithKey(Key)!.IsOf(Message, Signature).ShouldBeTrue();
        InteractionSignature.WithKey(Key.ToUpperInvariant())!.IsOf(Message, Signature.ToUpperInvariant()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac")]
    public void ASignature_OfAnotherForm_IsRefused(string signature) =>
        InteractionSignature.WithKey(Key)!.IsOf(Message, signature).ShouldBeFalse();

    [Fact]
    public void ASignature_With127Digits_Or129_OrOneThatIsNoDigit_IsRefused()
    {
        var key = InteractionSignature.WithKey(Key)!;

        key.IsOf(Message, Signature[..^1]).ShouldBeFalse();
        key.IsOf(Message, Signature + "0").ShouldBeFalse();
        key.IsOf(Message, Signature[..^1] + "g").ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("xc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")]
    public void AKey_ThatIsNone_IsNotTaken(string key) => InteractionSignature.WithKey(key).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData(" 5")]
    [InlineData("5.0")]
    [InlineData("1e5")]
    [InlineData("1796000000,1796000000")]
    [InlineData("99999999999999999999")]
    public void ATimestamp_ThatIsNoNumberOfSeconds_IsNone(string timestamp) => InteractionSignature.TimeOf(timestamp).ShouldBeNull();
}
