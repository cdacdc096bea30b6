using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ExecutionControlTests : IDisposable
{
    private readonly ExecutionControl _control = new(interactive: true);
    private readonly MemoryStream _sandbox = new();
    private readonly CancellationTokenSource _ended = new();

    public void Dispose()
    {
        _control.Dispose();
        _sandbox.Dispose();
        _ended.Dispose();
    }

    [Fact]
    public async Task Feed_MoreThanTheLimit_CodeReadsUpToItAndThenTheEnd()
    {
        var taken = Enumerable.Range(0, int.MaxValue).TakeWhile(number => _control.Feed(Input($"{number}\n"))).Count();
        _control.Feed(Input("afterwards")).ShouldBeFalse();

        await DriveAsync();

        _control.InputOverflowed.ShouldBeTrue();
        var frames = FramesOf(_sandbox.ToArray());
        frames[^1].Type.ShouldBe('e');
        frames[..^1].ShouldAllBe(frame => frame.Type == 'i');
        frames[..^1].Select(frame => frame.Payload).ShouldBe(Enumerable.Range(0, taken).Select(number => $"{number}\n"));
    }

    [Fact]
    public async Task Feed_CodeKeepsReading_AcceptsAnyAmount()
    {
        var piece = Input(new string('x', 64 * 1024));

        for (var i = 0; i < 100; i++)
            _control.Feed(piece).ShouldBeTrue();
        var driving = _control.DriveAsync(new SandboxConversation(_sandbox), _ended.Token);
        for (var i = 0; i < 100; i++)
            _control.Feed(piece).ShouldBeTrue();

        await _ended.CancelAsync();
        await driving;
        _control.InputOverflowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Feed_AfterTheEndOfTheCode_IsDropped()
    {
        await DriveAsync();

        _control.Feed(Input("late")).ShouldBeFalse();
    }

    /// <summary>What waits is passed on before the first pause: this sandbox takes everything at once.</summary>
    private async Task DriveAsync()
    {
        var driving = _control.DriveAsync(new SandboxConversation(_sandbox), _ended.Token);
        await _ended.CancelAsync();
        await driving;
    }

    private static List<(char Type, string Payload)> FramesOf(byte[] sent)
    {
        var frames = new List<(char, string)>();
        for (var rest = sent.AsSpan(); !rest.IsEmpty; )
        {
            var length = (rest[1] << 24) | (rest[2] << 16) | (rest[3] << 8) | rest[4];
            frames.Add(((char)rest[0], Encoding.UTF8.GetString(rest.Slice(5, length))));
            rest = rest[(5 + length)..];
        }

        return frames;
    }

    private static ExecutionInput Input(string text) =>
        new()
        {
            UserId = "u",
            ExecutionId = "a",
            Text = text,
        };
}
