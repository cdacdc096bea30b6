using CodeInterpreter.ServiceDefaults.Naming;

namespace CodeInterpreter.ServiceDefaults.Tests.Naming;

public sealed class FileIdSearchTests
{
    [Theory]
    [InlineData("load_file('123_1696118400_abc')", "123", "123_1696118400_abc")]
    [InlineData("'/mnt/data/123_1696118400_abc.csv'", "123", "123_1696118400_abc")]
    [InlineData("a_b-c_1_x", "a_b-c", "a_b-c_1_x")]
    [InlineData("u_1_2_3_x", "u_1", "u_1_2_3", "u_1_2_3")]
    [InlineData("u_1_a u_2_b u_1_a", "u", "u_1_a", "u_2_b")]
    [InlineData("v_1_a u_x_a u__a u_1_ u_1_A", "u")]
    [InlineData("", "u")]
    public void FindIn_Text_FindsEachIdOfTheUserOnce(string text, string user, params string[] fileIds) =>
        FileId.FindIn(text, user).ShouldBe(fileIds.Distinct());

    [Fact]
    public void FindIn_LongTextOfNearMisses_IsQuick()
    {
        var text = string.Concat(Enumerable.Repeat("1_1", 1024 * 1024 / 3));

        var find = () => FileId.FindIn(text, "1").Count();

        Should.CompleteIn(
            () =>
            {
                find();
            },
            TimeSpan.FromSeconds(10)
        );
    }

    [Theory]
    [InlineData("u_1_a", true)]
    [InlineData("a-b_c_1696118400_abcdefghijklmnop", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("u_1_", false)]
    [InlineData("u_a_1", false)]
    [InlineData("u_1_a\n", false)]
    [InlineData("../u_1_a", false)]
    public void IsWellFormed_AnyText_IsTrueForTheFormOfAnId(string? text, bool expected) => FileId.IsWellFormed(text).ShouldBe(expected);
}
