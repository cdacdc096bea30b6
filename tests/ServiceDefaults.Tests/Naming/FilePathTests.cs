using System.Text;
using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.ServiceDefaults.Tests.Naming;

public sealed class FilePathTests
{
    [Fact]
    public void FaultOf_SharedValidPaths_IsNull()
    {
        FilePathExamples.Of("valid").ShouldNotBeEmpty();
        FilePathExamples.Of("valid").Where(path => FilePath.FaultOf(path) is not null).ShouldBeEmpty();
    }

    [Fact]
    public void FaultOf_SharedInvalidPaths_HasTheReason()
    {
        FilePathExamples.Of("invalid").ShouldNotBeEmpty();
        FilePathExamples.Of("invalid").Where(path => FilePath.FaultOf(path) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("report.txt")]
    [InlineData("plots/2025/figure 1.png")]
    [InlineData("Größe – 数据 🙂.csv")]
    [InlineData("-rf")]
    [InlineData("..hidden")]
    [InlineData("a..b/...")]
    [InlineData(@"back\slash")]
    [InlineData("quote\"'`$(x);|&<>*?:%00")]
    [InlineData(" ")]
    [InlineData("e\u0301")]
    [InlineData("family 👨\u200D👩\u200D👧.png")]
    public void FaultOf_NameFromPractice_IsAccepted(string name) => FilePath.FaultOf(name).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("folder/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../up")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a/..")]
    [InlineData("nul\0")]
    [InlineData("line\nfeed")]
    [InlineData("carriage\rreturn")]
    [InlineData("tab\t")]
    [InlineData("escape\u001b[31m")]
    [InlineData("delete\u007f")]
    [InlineData("next line\u0085")]
    [InlineData("separator\u2028")]
    [InlineData("separator\u2029")]
    public void FaultOf_InvalidPathOrLineBreak_IsRefused(string name) => FilePath.FaultOf(name).ShouldNotBeNull().ShouldStartWith("must");

    [Theory]
    [InlineData("a/", 511)]
    [InlineData("é/a/", 204)]
    [InlineData("🙂/", 204)]
    public void FaultOf_LongestName_IsAcceptedAndOneByteMoreIsNot(string folder, int count)
    {
        var folders = string.Concat(Enumerable.Repeat(folder, count));
        var name = folders + new string('n', FilePath.MaxBytes - Encoding.UTF8.GetByteCount(folders));

        FilePath.FaultOf(name).ShouldBeNull();
        FilePath.FaultOf(name + "a").ShouldNotBeNull().ShouldContain("1024");
    }

    [Theory]
    [InlineData("", "a", 255, "")]
    [InlineData("", "🙂", 63, "/name.txt")]
    [InlineData("folder/", "é", 127, ".")]
    public void FaultOf_LongestPart_IsAcceptedAndFourBytesMoreAreNot(string before, string letter, int count, string after)
    {
        var part = string.Concat(Enumerable.Repeat(letter, count));

        FilePath.FaultOf(before + part + after).ShouldBeNull();
        FilePath.FaultOf(before + "1234" + part + after).ShouldNotBeNull().ShouldContain("255");
    }
}
