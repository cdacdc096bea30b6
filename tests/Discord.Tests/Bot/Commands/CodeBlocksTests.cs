using CodeInterpreter.Discord.Bot.Commands;

namespace CodeInterpreter.Discord.Tests.Bot.Commands;

public sealed class CodeBlocksTests
{
    [Theory]
    [InlineData("```py\nprint(1)\n```", "print(1)")]
    [InlineData("```python\nif x:\n    y()\n```", "if x:\n    y()")]
    [InlineData("```\nprint(1)\n```", "print(1)")]
    [InlineData("```print(1)```", "print(1)")]
    [InlineData("```py\n    indented()\n```", "    indented()")]
    [InlineData("a ```py\nx = 1\n``` b ```py\nprint(x)\n``` c", "x = 1\nprint(x)")]
    [InlineData("```py\n\n```\n```py\nprint(1)\n```", "print(1)")]
    [InlineData("```\nprint\n```", "print")]
    [InlineData("use `print(1)`", "print(1)")]
    [InlineData("``print(1)``", "print(1)")]
    [InlineData("no code here", null)]
    [InlineData("```py\n```", null)]
    [InlineData("```unfinished", null)]
    [InlineData("", null)]
    public void FindIn_TakesEveryBlock_OrInlineCode(string message, string? expected) => CodeBlocks.FindIn(message).ShouldBe(expected);
}
