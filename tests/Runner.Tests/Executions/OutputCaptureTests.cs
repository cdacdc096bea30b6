using System.Buffers;
using System.Text;
using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes;
using MassTransit.Serialization;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class OutputCaptureTests
{
    [Fact]
    public void ToText_AllOutputArrived_IsNotTruncated()
    {
        var capture = Capture("größe 日本"u8.ToArray());

        var text = capture.ToText(totalBytes: 14);

        text.Text.ShouldBe("größe 日本");
        text.Truncated.ShouldBeFalse();
        text.TotalBytes.ShouldBe(14);
    }

    [Theory]
    [InlineData("ab日", 4, "ab")]
    [InlineData("ab日", 3, "ab")]
    [InlineData("ab日", 5, "ab日")]
    [InlineData("ab😀", 5, "ab")]
    [InlineData("ab", 2, "ab")]
    public void ToText_LimitWithinACharacter_LeavesItOut(string printed, int keptBytes, string expected)
    {
        var capture = Capture(Encoding.UTF8.GetBytes(printed)[..keptBytes]);

        capture.ToText(totalBytes: 10_000).Text.ShouldBe(expected);
    }

    [Fact]
    public void ToText_InvalidUtf8_IsReplaced() => Capture([0x61, 0xC3, 0x28, 0xFF]).ToText(totalBytes: 4).Text.ShouldBe("a\uFFFD(\uFFFD");

    [Fact]
    public void IsExact_OnlyWithAllOutputAsUtf8()
    {
        Capture("größe 日本"u8.ToArray()).IsExact.ShouldBeTrue();
        Capture([]).IsExact.ShouldBeTrue();
        Capture([0x61, 0xFF]).IsExact.ShouldBeFalse();
        Capture([0xE2, 0x82]).IsExact.ShouldBeFalse("half a character");
        Capture(new byte[1025]).IsExact.ShouldBeFalse("cut");
    }

    [Fact]
    public void ToText_MoreOutput_HasItsSize()
    {
        var text = Capture("abc"u8.ToArray()).ToText(totalBytes: 1_000_000);

        text.Truncated.ShouldBeTrue();
        text.TotalBytes.ShouldBe(1_000_000);
    }

    [Fact]
    public void Append_BeyondTheLimit_IsASandboxFailure() =>
        Should.Throw<SandboxFailedException>(() =>
            new OutputCapture(2, 2, maxBytes: 2, Budget()).Append(new ReadOnlySequence<byte>(new byte[3]))
        );

    [Theory]
    [InlineData(11, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 16)]
    [InlineData(40, 16)]
    [InlineData(1000, 7)]
    public void ToText_LongerThanTheText_HasBeginningAndEnd(int length, int pieceLength)
    {
        var capture = new OutputCapture(textBytes: 10, wholeBytes: 16, maxBytes: 1 << 20, Budget());
        var printed = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        foreach (var piece in printed.Chunk(pieceLength))
            capture.Append(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(piece)));

        var text = capture.ToText(length);

        (text.Text, text.Tail, text.Truncated).ShouldBe((printed[..5], printed[^5..], true));
        capture.IsCut.ShouldBeTrue();
        Encoding.UTF8.GetString(capture.Whole).ShouldBe(printed[..Math.Min(16, length)]);
    }

    [Theory]
    [InlineData("xxxx日日日", "xxxx", "日")]
    [InlineData("日日xxxxxxx😀", "日", "😀")]
    public void ToText_TailBeginsWithinACharacter_LeavesItOut(string printed, string head, string tail)
    {
        var capture = new OutputCapture(textBytes: 10, wholeBytes: 10, maxBytes: 100, Budget());
        capture.Append(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(printed)));

        var text = capture.ToText();

        text.Text.ShouldStartWith(head);
        text.Tail.ShouldEndWith(tail);
        (text.Text + text.Tail).ShouldNotContain("\uFFFD");
    }

    [Fact]
    public void Append_Piece_ReturnsItsPartOfTheBeginning()
    {
        var capture = new OutputCapture(textBytes: 4, wholeBytes: 4, maxBytes: 100, Budget());

        capture.Append(new ReadOnlySequence<byte>([1, 2, 3])).Length.ShouldBe(3);
        capture.Append(new ReadOnlySequence<byte>([4, 5, 6])).Length.ShouldBe(1);
        capture.Append(new ReadOnlySequence<byte>([7])).Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("\u0001", 1 << 20)]
    [InlineData("\u007F", 1 << 20)]
    [InlineData("😀", 1 << 20)]
    [InlineData("\u0001", 40_000)]
    public void ToText_TextThatGrowsAsJson_IsCutToTwiceItsLimit(string letter, int textBytes)
    {
        using var capture = new OutputCapture(textBytes, 8 << 20, maxBytes: 64 << 20, Budget());
        var printed = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(letter, textBytes / Encoding.UTF8.GetByteCount(letter))));
        var told = printed.Chunk(60_000).Sum(piece => capture.Append(new ReadOnlySequence<byte>(piece)).Length);

        var text = capture.ToText(printed.Length);

        var json = JsonSizeOf(text.Text) + JsonSizeOf(text.Tail);
        json.ShouldBeInRange((2 * textBytes) - 24, 2 * textBytes);
        (text.Truncated, text.TotalBytes).ShouldBe((true, printed.Length));
        (capture.IsCut, capture.IsExact).ShouldBe((true, false));
        (text.Text + text.Tail).ShouldBe(string.Concat(Enumerable.Repeat(letter, (text.Text + text.Tail).Length / letter.Length)));
        JsonSizeOf(Encoding.UTF8.GetString(printed, 0, (int)told)).ShouldBeInRange((2 * textBytes) - 24, 2 * textBytes);
    }

    [Fact]
    public void ToText_BytesThatAreNotUtf8_AreCutToTwiceTheirLimit()
    {
        using var capture = new OutputCapture(1 << 20, 8 << 20, maxBytes: 64 << 20, Budget());
        capture.Append(new ReadOnlySequence<byte>([.. Enumerable.Repeat((byte)0xFF, 1 << 20)]));

        var text = capture.ToText(1 << 20);

        // Each counts as what it would be if it were escaped.
        (2 * (JsonSizeOf(text.Text) + JsonSizeOf(text.Tail))).ShouldBeInRange((2 << 20) - 24, 2 << 20);
        capture.Whole.Length.ShouldBe(1 << 20);
    }

    [Theory]
    [InlineData("\"\n")]
    [InlineData("\u001b[31mred")]
    [InlineData("日本")]
    [InlineData("größe")]
    public void ToText_TextForPeople_IsKeptUpToItsLimit(string word)
    {
        const int TextBytes = 100_000;
        using var capture = new OutputCapture(TextBytes, 1 << 20, maxBytes: 64 << 20, Budget());
        var printed = string.Concat(Enumerable.Repeat(word, TextBytes / Encoding.UTF8.GetByteCount(word)));
        var bytes = Encoding.UTF8.GetBytes(printed);
        // In single bytes: a character comes in pieces.
        foreach (var single in bytes)
            capture.Append(new ReadOnlySequence<byte>([single])).Length.ShouldBe(1);

        var text = capture.ToText(bytes.Length);

        text.ShouldBe(new OutputText(printed, bytes.Length, Truncated: false));
        capture.IsExact.ShouldBeTrue();
    }

    [Fact]
    public void ToText_FewControlCharacters_AreAllKept()
    {
        using var capture = new OutputCapture(textBytes: 10, wholeBytes: 16, maxBytes: 100, Budget());
        capture.Append(new ReadOnlySequence<byte>([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));

        capture.ToText(10).Text.ShouldBe(new string('\u0001', 10));
    }

    private static int JsonSizeOf(string text) =>
        JsonSerializer.SerializeToUtf8Bytes(text, SystemTextJsonMessageSerializer.Options).Length - 2;

    private static OutputBudget Budget() => new(Options.Create(new ExecutionLimitOptions()));

    private static OutputCapture Capture(byte[] bytes)
    {
        var capture = new OutputCapture(textBytes: 1024, wholeBytes: 2048, maxBytes: 1 << 20, Budget());
        capture.Append(new ReadOnlySequence<byte>(bytes));
        return capture;
    }
}
