using System.Text.Json;
using CodeInterpreter.Client.AI;
using Microsoft.Extensions.AI;

namespace CodeInterpreter.Client.Tests.AI;

/// <summary>The tool that models call.</summary>
public sealed class ToolTests(ProductFixture product)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Tool_DescribesItself()
    {
        using var client = product.NewClient();

        var tool = client.AsAIFunction();

        tool.Name.ShouldBe("run_python");
        tool.Description.ShouldContain("load_file");
        tool.JsonSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["code"]);
        tool.JsonSchema.GetProperty("properties").GetProperty("code").GetProperty("type").GetString().ShouldBe("string");
    }

    [Fact]
    public async Task Model_CodeThatWritesFiles_SeesOutputAndUsesFilesAgain()
    {
        using var client = product.NewClient();
        var results = new List<ExecutionResult>();
        var tool = client.AsAIFunction(new CodeInterpreterToolOptions { OnResult = results.Add });

        var first = await CallAsync(tool, "open('a.csv', 'w').write('x\\n1\\n')\nprint('done')\n6 * 7");
        var file = results.Single().GeneratedFiles.Single();
        var second = await CallAsync(tool, "print(open('a.csv').read())", file.FileId);

        first.ShouldBe($"done\n42\n[files]\na.csv (text/csv, 4 bytes): {file.FileId}\n");
        second.ShouldBe("x\n1\n\n");
        (await CallAsync(tool, "")).ShouldBe("The code succeeded and printed nothing.");
    }

    [Fact]
    public async Task Model_CodeThatFails_SeesTheReason()
    {
        using var client = product.NewClient();
        var tool = client.AsAIFunction();
        var hurried = client.AsAIFunction(
            new CodeInterpreterToolOptions { Limits = new ExecutionLimits { WallTime = TimeSpan.FromSeconds(0.5) } }
        );

        var failed = (await CallAsync(tool, "print('before')\n1 / 0")).ShouldBeOfType<string>();
        failed.ShouldStartWith("before\n[standard error]\nTraceback");
        failed.ShouldContain("ZeroDivisionError: division by zero\n[NonZeroExit, return code 1]");
        ((string?)await CallAsync(hurried, "while True: pass"))
            .ShouldNotBeNull()
            .ShouldContain("[TimedOut, return code 137] Stopped after 0.5 s");
        ((string?)await CallAsync(tool, "1", "no_such_file")).ShouldNotBeNull().ShouldStartWith("The code did not run. ");
        ((string?)await tool.InvokeAsync([], Token)).ShouldNotBeNull().ShouldContain("`code` is missing");
    }

    [Fact]
    public async Task Model_Pictures_SeesSmallOnesAndTheIdsOfLargeOnes()
    {
        using var client = product.NewClient();
        const string draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()";

        var shown = (await CallAsync(client.AsAIFunction(), draw)).ShouldBeAssignableTo<IEnumerable<AIContent>>()!.ToList();
        var listed = await CallAsync(client.AsAIFunction(new CodeInterpreterToolOptions { MaxPictureBytes = 10 }), draw);

        shown[0].ShouldBeOfType<TextContent>().Text.ShouldContain("(image/png, ");
        var picture = shown[1].ShouldBeOfType<DataContent>();
        picture.MediaType.ShouldBe("image/png");
        picture.Data.Span[1..4].SequenceEqual("PNG"u8).ShouldBeTrue();
        listed.ShouldBeOfType<string>().ShouldContain("(image/png, ");
    }

    [Fact]
    public async Task Model_LongOutput_SeesItsBeginningAndEnd()
    {
        using var client = product.NewClient();
        var tool = client.AsAIFunction(new CodeInterpreterToolOptions { MaxOutputLength = 20 });

        (await CallAsync(tool, "print('a' * 50 + 'b' * 49)")).ShouldBe("aaaaaaaaaa\n[80 characters left out]\nbbbbbbbbb\n");
    }

    // As a model's arguments arrive: as JSON.
    private static async Task<object?> CallAsync(AIFunction tool, string code, params string[] fileIds) =>
        await tool.InvokeAsync(
            new AIFunctionArguments
            {
                ["code"] = JsonSerializer.SerializeToElement(code),
                ["file_ids"] = JsonSerializer.SerializeToElement(fileIds),
            },
            Token
        );
}
