using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Environments;

namespace CodeInterpreter.Gateway.Tests.Environments;

/// <summary>While runners have different images, only what all of them have can be promised.</summary>
public sealed class CommonEnvironmentTests
{
    private static readonly SandboxEnvironment Slim = new()
    {
        Kind = "slim",
        Version = "1.9",
        CreatedAt = RunnerEnvironments.Standard.CreatedAt!.Value.AddDays(-1),
        Python = "3.13.5",
        Languages = ["python"],
        Packages = [new("Numpy", "2.2.0"), new("pillow", "11.1.0"), new("only-slim", "1")],
        Tools = [new("jq", "1.8.1")],
        Fonts = ["DejaVu Sans"],
        Locales = ["C.UTF-8"],
        Missing = [new("polars", ""), new("jieba", "it is in standard")],
    };

    [Fact]
    public void Environment_OfOneImage_IsOrdered()
    {
        var common = CommonEnvironment.Of([RunnerEnvironments.Standard, RunnerEnvironments.Standard]);

        common.Images.ShouldHaveSingleItem().Runners.ShouldBe(2);
        common.Python.ShouldBe("3.14.0");
        common.Languages.ShouldBe(["python", "bash"], "the default is the first one");
        common.Packages.ShouldBe([new("numpy", "2.3.3"), new("Pillow", "11.1.0"), new("ruamel.yaml", "0.18.6")]);
        common.Tools.ShouldBe([new("ffmpeg", "7.1"), new("jq", "1.8.1")]);
        common.Fonts.ShouldBe(["DejaVu Sans", "WenQuanYi Micro Hei"]);
        common.Locales.ShouldBe(["C.UTF-8", "de_DE.UTF-8"]);
        common.Missing.ShouldBe([new("polars", "Debian does not have it")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Environment_OfTwoImages_IsWhatBothHaveInAnyOrder(bool slimFirst)
    {
        var common = CommonEnvironment.Of(slimFirst ? [Slim, RunnerEnvironments.Standard] : [RunnerEnvironments.Standard, Slim]);

        common.Images.Select(image => image.Kind).ShouldBe(["standard", "slim"], "the newest first");
        common.Python.ShouldBe("3.14.0 or 3.13.5");
        common.Languages.ShouldBe(["python"]);
        common.Packages.ShouldBe([new("numpy", ""), new("Pillow", "11.1.0")], "versions that differ are left out");
        common.Tools.ShouldBe([new("jq", "1.8.1")]);
        common.Fonts.ShouldBe(["DejaVu Sans"]);
        common.Locales.ShouldBe(["C.UTF-8"]);
        common.Missing.Select(part => part.Name).ShouldBe(["jieba", "polars"]);
    }

    [Theory]
    [InlineData("numpy", "numpy")]
    [InlineData("NumPy", "numpy")]
    [InlineData("ruamel_yaml", "ruamel.yaml")]
    [InlineData("nothing", null)]
    public void With_OnePackage_ComparesNamesAsPipDoes(string asked, string? found)
    {
        var one = CommonEnvironment.Of([RunnerEnvironments.Standard]).With(asked);

        one.Packages.Select(package => package.Name).ShouldBe(found is null ? [] : [found]);
        one.Missing.ShouldBeEmpty();
        one.Tools.Count.ShouldBe(2);
    }

    [Fact]
    public void With_MissingPackage_SaysWhy() =>
        CommonEnvironment.Of([RunnerEnvironments.Standard]).With("Polars").Missing.ShouldBe([new("polars", "Debian does not have it")]);
}
