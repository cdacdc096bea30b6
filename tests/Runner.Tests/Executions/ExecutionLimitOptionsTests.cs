using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ExecutionLimitOptionsTests
{
    private const int LargestMessage = 16 * 1024 * 1024;
    private const int ForFiles = 2 * 1024 * 1024;

    [Theory]
    [InlineData('\u0001')]
    [InlineData('\uFFFD')]
    public void OutputBytes_Maximum_FitsIntoAMessage(char letter)
    {
        var range = typeof(ExecutionLimitOptions)
            .GetProperty(nameof(ExecutionLimitOptions.OutputBytes))!
            .GetCustomAttribute<RangeAttribute>()!;
        var stream = new OutputText(new string(letter, (int)range.Maximum), 0, false);
        var result = new ExecutionResult
        {
            Outcome = Outcome.Succeeded,
            Message = "",
            Output = stream,
            Error = stream,
        };

        JsonSerializer.SerializeToUtf8Bytes(result).Length.ShouldBeLessThan(LargestMessage - ForFiles);
    }
}
