using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Files;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using CodeInterpreter.Runner.Tests.Executions;

namespace CodeInterpreter.Runner.Tests.Files;

public sealed class HarvestValidatorTests
{
    private static readonly SandboxLimits Limits = new ExecutionLimitOptions
    {
        Files = 2,
        FileBytes = 100,
        TotalFileBytes = 150,
        SkippedFiles = 1,
    }.ForSandbox(TestCommand.Create());

    private readonly HarvestValidator _guard = new(Limits, [new InputFile("u_1_in", "in.csv", 5)]);

    [Theory]
    [InlineData("a.csv")]
    [InlineData("deep/er/ü 日本.txt")]
    [InlineData(".hidden")]
    [InlineData("a\\b")]
    [InlineData("...")]
    public void IsSafePath_RelativePath_IsSafe(string path) => HarvestValidator.IsSafePath(path).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../x")]
    [InlineData("a/./x")]
    [InlineData("a//x")]
    [InlineData("a/")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    public void IsSafePath_TraversalOrUnreadablePath_IsNotSafe(string path) => HarvestValidator.IsSafePath(path).ShouldBeFalse();

    [Theory]
    [InlineData("a/ü 😀.txt", "a/ü 😀.txt")]
    [InlineData("../../etc/shadow", "\uFFFD/\uFFFD/etc/shadow")]
    [InlineData("/etc/passwd", "\uFFFD/etc/passwd")]
    [InlineData("a\u001b[31m\nb", "a\uFFFD[31m\uFFFDb")]
    [InlineData("", "\uFFFD")]
    public void Shown_AnyPath_IsAValidPath(string path, string shown)
    {
        HarvestValidator.Shown(path).ShouldBe(shown);
        HarvestValidator.IsSafePath(shown).ShouldBeTrue();
    }

    [Fact]
    public void Shown_LongPath_IsCut()
    {
        foreach (var path in new[] { new string('文', 2000), new string('a', 339) + "/../b" + new string('c', 1000) })
            HarvestValidator.IsSafePath(HarvestValidator.Shown(path)).ShouldBeTrue();
    }

    [Fact]
    public void IsSafePath_CountsBytesNotCharacters()
    {
        HarvestValidator.IsSafePath(new string('é', 512)).ShouldBeTrue();
        HarvestValidator.IsSafePath(new string('é', 513)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(long.MaxValue)]
    public void Check_SizeAboveTheLimit_IsASandboxFailure(long size) =>
        Should.Throw<SandboxFailedException>(() => _guard.Check(new FileReport("a", size, null)));

    [Fact]
    public void Check_FilesAtTheLimit_PassAndOneMoreFails()
    {
        _guard.Check(new FileReport("a", 0, null));
        _guard.Check(new FileReport("b", 0, null));
        Should.Throw<SandboxFailedException>(() => _guard.Check(new FileReport("c", 0, null)));
    }

    [Fact]
    public void Check_TotalBytesAboveTheLimit_IsASandboxFailure()
    {
        _guard.Check(new FileReport("a", 100, null));
        Should.Throw<SandboxFailedException>(() => _guard.Check(new FileReport("b", 51, null)));
    }

    [Fact]
    public void Check_SameFileTwice_IsASandboxFailure()
    {
        _guard.Check(new FileReport("a", 0, null));
        Should.Throw<SandboxFailedException>(() => _guard.Check(new FileReport("a", 0, null)));
    }

    [Fact]
    public void Check_ChangedInput_MustNameOneOfItsInputs()
    {
        _guard.Check(new FileReport("in.csv", 0, "u_1_in"));
        Should.Throw<SandboxFailedException>(() => _guard.Check(new FileReport("b", 0, "other_1_in")));
    }

    [Fact]
    public void Check_SkippedEntriesAboveTheLimit_IsASandboxFailure()
    {
        _guard.Check(new SkippedReport("a", "link", 0));
        Should.Throw<SandboxFailedException>(() => _guard.Check(new SkippedReport("b", "link", 0)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    [InlineData(-1, 2)]
    public void Check_WrongCountAtTheEnd_IsASandboxFailure(int files, int skipped)
    {
        _guard.Check(new FileReport("good", 0, null));
        _guard.Check(new FileReport("broken", 0, null));
        _guard.Break();
        _guard.Check(new SkippedReport("link", "link", 0));

        Should.Throw<SandboxFailedException>(() => _guard.Check(new DoneReport(files, skipped)));
    }

    [Fact]
    public void Check_CorrectEnd_HasTheNumberOfUnreportedEntries()
    {
        _guard.Check(new FileReport("good", 0, null));
        _guard.Check(new FileReport("broken", 0, null));
        _guard.Break();
        _guard.Check(new SkippedReport("link", "link", 0));

        _guard.Check(new DoneReport(Files: 1, Skipped: 7)).ShouldBe(5);
    }

    [Theory]
    [InlineData("/tmp/a.csv", "/tmp/a.csv")]
    [InlineData("/home/sandbox/a/b.csv", "/home/sandbox/a/b.csv")]
    [InlineData("/tmp/../etc/shadow\u001b[31m", "/tmp/\uFFFD/etc/shadow\uFFFD[31m")]
    public void Check_FilesLeftBehind_AreShownWithValidPaths(string path, string shown) =>
        HarvestValidator.Check([new LeftBehindReport(path, -1)]).ShouldHaveSingleItem().ShouldBe(new LeftBehindFile(shown, 0));

    [Theory]
    [InlineData("/etc/shadow", 1)]
    [InlineData("relative", 1)]
    [InlineData("/tmp/many", 21)]
    public void Check_ImpossibleFilesLeftBehind_AreASandboxFailure(string path, int count) =>
        Should.Throw<SandboxFailedException>(() => HarvestValidator.Check([.. Enumerable.Repeat(new LeftBehindReport(path, 1), count)]));

    [Fact]
    public void Check_FileLeftBehindWithAnOversizedPath_IsASandboxFailure() =>
        Should.Throw<SandboxFailedException>(() => HarvestValidator.Check([new LeftBehindReport("/tmp/" + new string('x', 5000), 1)]));
}
