using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ProfileSelectorTests
{
    [Theory]
    [InlineData("import pandas as pd")]
    [InlineData("import os, numpy")]
    [InlineData("x = 1\n    from matplotlib import pyplot as plt\n")]
    [InlineData("import matplotlib.pyplot")]
    [InlineData("from sklearn.linear_model import LinearRegression")]
    [InlineData("df = load_file('a_1_b')")]
    public void Select_CodeThatNeedsTheDataLibraries_IsData(string code) => ProfileSelector.Select(code).ShouldBe(SandboxProfile.Data);

    [Theory]
    [InlineData("print(1)")]
    [InlineData("import json")]
    [InlineData("print('import pandas')")]
    [InlineData("import pandasaurus")]
    [InlineData("# import numpy")]
    public void Select_OtherCode_IsBare(string code) => ProfileSelector.Select(code).ShouldBe(SandboxProfile.Bare);

    [Fact]
    public void Select_AnotherLanguage_IsBare() =>
        ProfileSelector
            .Select(TestCommand.Create() with { Language = "bash", Code = "import pandas", Profile = "data" })
            .ShouldBe(SandboxProfile.Bare);
}
