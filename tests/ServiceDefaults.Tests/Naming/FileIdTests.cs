using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.ServiceDefaults.Tests.Naming;

public sealed class FileIdTests
{
    private static readonly DateTimeOffset UploadedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_696_118_400_999);

    [Fact]
    public void Create_ConsistsOfOwnerSecondsAndRandomPart() =>
        FileId.Create("123", UploadedAt).ShouldMatch("^123_1696118400_[a-z2-7]{16}$");

    [Fact]
    public void Create_TenThousandTimes_NeverRepeats()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => FileId.Create("u", UploadedAt));

        ids.Distinct().Count().ShouldBe(10_000);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("with_under_score")]
    [InlineData("-_-")]
    [InlineData("_")]
    public void IsOf_IdOfTheOwner_IsTrue(string userId) => FileId.IsOf(userId, FileId.Create(userId, UploadedAt)).ShouldBeTrue();

    [Theory]
    [InlineData("a", "b_1696118400_abcdefghijklmnop")]
    [InlineData("a", "a_1_1696118400_abcdefghijklmnop")]
    [InlineData("a_1", "a_1696118400_abcdefghijklmnop")]
    [InlineData("a", "a_1696118400_abcdefghijklmno")]
    [InlineData("a", "a_1696118400_abcdefghijklmno1")]
    [InlineData("a", "a_1696118400_ABCDEFGHIJKLMNOP")]
    [InlineData("a", "a__abcdefghijklmnop")]
    [InlineData("a", "a_16961x8400_abcdefghijklmnop")]
    [InlineData("a", "a_")]
    [InlineData("a", "")]
    [InlineData("a", "notes.txt")]
    public void IsOf_AnythingElse_IsFalse(string userId, string text) => FileId.IsOf(userId, text).ShouldBeFalse();
}
