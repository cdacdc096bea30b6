using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.ServiceDefaults.Tests.Naming;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("1234567890123456789")]
    [InlineData("A_b-9")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void IsValid_LettersDigitsUnderscoreAndDash_IsTrue(string text) => Identifier.IsValid(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void IsValid_AnythingElse_IsFalse(string text) => Identifier.IsValid(text).ShouldBeFalse();
}
