using System.Text;
using CodeInterpreter.Runner.Images;

namespace CodeInterpreter.Runner.Tests.Images;

public sealed class ImageCheckTests
{
    private static readonly ImageFile[] Own = [.. OwnFiles.Contents.Select(own => new ImageFile(own.Key, own.Value))];

    [Fact]
    public void Check_OwnFiles_PassAndMatchTheSource()
    {
        ImageCheck.FaultOf(Own).ShouldBeNull();
        OwnFiles.Contents.Keys.ShouldContain("/opt/supervisor/__main__.py");
        OwnFiles.Contents.Keys.ShouldContain("/opt/supervisor/service.py");
        OwnFiles.Contents.Keys.ShouldContain("/usr/lib/python3/dist-packages/code_interpreter/builtin.py");
        OwnFiles.Contents.Keys.ShouldContain("/usr/lib/python3/dist-packages/code_interpreter.pth");
        Encoding
            .UTF8.GetString(OwnFiles.Contents["/usr/lib/python3/dist-packages/code_interpreter.pth"])
            .ShouldStartWith("import code_interpreter");
    }

    [Fact]
    public void Check_ChangedFile_IsNamed() =>
        ImageCheck
            .FaultOf([
                .. Own.Select(file => file.Path == "/opt/supervisor/service.py" ? file with { Content = [.. file.Content!, 10] } : file),
            ])
            .ShouldBe("has another supervisor than this runner: /opt/supervisor/service.py differ.");

    [Fact]
    public void Check_MissingFileOrLink_IsNamed()
    {
        ImageCheck
            .FaultOf([.. Own.Where(file => file.Path != "/opt/supervisor/walk.py")])
            .ShouldNotBeNull()
            .ShouldContain("/opt/supervisor/walk.py");
        ImageCheck
            .FaultOf([.. Own.Select(file => file.Path == "/opt/supervisor/walk.py" ? file with { Content = null } : file)])
            .ShouldNotBeNull()
            .ShouldContain("/opt/supervisor/walk.py");
        ImageCheck.FaultOf([]).ShouldNotBeNull().ShouldContain($" and {Own.Length - 3} more differ.");
    }

    [Theory]
    [InlineData("/opt/supervisor/more.py", false)]
    [InlineData("/opt/supervisor/more.so", false)]
    [InlineData("/opt/supervisor/service.pyc", false)]
    [InlineData("/opt/supervisor/json/__init__.py", false)]
    [InlineData("/opt/supervisor/__pycache__/service.cpython-314.pyc", true)]
    [InlineData("/usr/lib/python3/dist-packages/code_interpreter/table.csv", true)]
    public void Check_AdditionalFile_MustNotBeImportable(string path, bool isFine)
    {
        var fault = ImageCheck.FaultOf([.. Own, new ImageFile(path, [1])]);

        if (isFine)
            fault.ShouldBeNull();
        else
            fault.ShouldNotBeNull().ShouldContain(path);
    }

    [Theory]
    [InlineData("LD_PRELOAD=/usr/lib/x.so", "LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH=/opt/lib", "LD_LIBRARY_PATH")]
    [InlineData("PYTHONPATH=/opt/lib", "PYTHONPATH")]
    [InlineData("PYTHONUNBUFFERED=1", "PYTHONUNBUFFERED")]
    [InlineData("GLIBC_TUNABLES=x=1", "GLIBC_TUNABLES")]
    [InlineData("GCONV_PATH", "GCONV_PATH")]
    public void Check_VariableOfTheSupervisor_IsNamed(string variable, string name) =>
        ImageCheck
            .FaultOf(new ImageSettings("id", ["PATH=/bin", variable], []))
            .ShouldNotBeNull()
            .ShouldStartWith($"sets the environment variable {name}, ");

    [Fact]
    public void Check_OtherVariablesPassAndAVolumeIsRefused()
    {
        ImageCheck
            .FaultOf(new ImageSettings("id", ["PATH=/bin", "LANG=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1", "MODEL=/opt/model"], []))
            .ShouldBeNull();
        ImageCheck.FaultOf(new ImageSettings("id", [], ["/cache"])).ShouldNotBeNull().ShouldStartWith("has a volume at /cache, ");
    }

    [Fact]
    public void Check_AnotherProtocolVersion_NamesBoth() =>
        ImageCheck
            .FaultOf(
                new ImageDescription
                {
                    Protocol = 7,
                    Kind = "standard",
                    Python = "3.14.0",
                }
            )
            .ShouldBe("speaks version 7 of the sandbox protocol; this runner speaks 1.");
}
