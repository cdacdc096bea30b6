using System.Buffers;
using CodeInterpreter.Runner.Executions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Tests.Executions;

/// <summary>The output of many executions at a time, which share the memory of the runner.</summary>
public sealed class OutputBudgetTests
{
    private const int TextBytes = 10;
    private const int WholeBytes = 100;

    [Fact]
    public void Append_BeyondTheBudgetOfAllStreams_KeepsEachTextAndNoMore()
    {
        var budget = Budget(150);
        var streams = Enumerable.Range(0, 94).Select(_ => Stream(budget)).ToList();
        var printed = Printed(300);

        foreach (var piece in printed.Chunk(7))
        {
            foreach (var stream in streams)
                stream.Append(new ReadOnlySequence<byte>(piece));
        }

        streams.Sum(stream => stream.Whole.Length).ShouldBe((94 * TextBytes) + 150);
        streams.ShouldAllBe(stream => stream.Whole.ToArray().SequenceEqual(printed.Take((int)stream.Whole.Length)));
        foreach (var text in streams.Select(stream => stream.ToText()))
        {
            (text.Text, text.Tail, text.TotalBytes, text.Truncated).ShouldBe(("abcde", "jklmn", 300, true));
        }

        streams.ShouldAllBe(stream => stream.IsOverBudget);
    }

    [Fact]
    public void Append_WithinTheBudget_KeepsAllAndReusesReturnedBytes()
    {
        var budget = Budget(WholeBytes - TextBytes);
        using var first = Stream(budget);
        using (var other = Stream(budget))
        {
            other.Append(new ReadOnlySequence<byte>(Printed(WholeBytes)));
            other.IsOverBudget.ShouldBeFalse();
        }

        first.Append(new ReadOnlySequence<byte>(Printed(WholeBytes)));

        (first.IsOverBudget, first.Whole.Length).ShouldBe((false, WholeBytes));
    }

    [Fact]
    public void Append_BudgetUsedUp_BeginningHasNoHoles()
    {
        var budget = Budget(5);
        using var stream = Stream(budget);
        stream.Append(new ReadOnlySequence<byte>(Printed(20)));
        budget.Return(1000);

        stream.Append(new ReadOnlySequence<byte>(Printed(20)));

        stream.Whole.ToArray().ShouldBe(Printed(TextBytes + 5));
    }

    [Fact]
    public void Append_NoMoreThanTheText_UsesNoBudget()
    {
        using var stream = Stream(Budget(0));

        stream.Append(new ReadOnlySequence<byte>(Printed(TextBytes)));

        (stream.IsOverBudget, stream.IsExact).ShouldBe((false, true));
    }

    private static OutputBudget Budget(long bytes) => new(Options.Create(new ExecutionLimitOptions { OutputMemoryBytes = bytes }));

    private static OutputCapture Stream(OutputBudget budget) => new(TextBytes, WholeBytes, maxBytes: 1000, budget);

    private static byte[] Printed(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26)))];
}
