using System.Buffers;
using System.Text;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;

namespace CodeInterpreter.Runner.Tests.Sandboxes.Protocol;

public sealed class FrameReaderTests
{
    [Fact]
    public async Task ReadAsync_FramesInOnePiece_AreReadSeparately()
    {
        var reader = ReaderOf([.. Bytes('O', "one"), .. Bytes('E', ""), .. Bytes('Z', "{}")]);

        (await Next(reader)).ShouldBe((ReportType.Stdout, "one"));
        (await Next(reader)).ShouldBe((ReportType.Stderr, ""));
        (await Next(reader)).ShouldBe((ReportType.Done, "{}"));
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task ReadAsync_SmallPieces_FramesAreComplete()
    {
        var reader = new FrameReader(new TricklingStream([.. Bytes('O', "héllo"), .. Bytes('D', new string('x', 100_000))]));

        (await Next(reader)).ShouldBe((ReportType.Stdout, "héllo"));
        (await Next(reader)).Text.Length.ShouldBe(100_000);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'O' })]
    [InlineData(new byte[] { (byte)'O', 0, 0, 0, 2, 1 })]
    public async Task ReadAsync_EndWithinAFrame_IsAFailure(byte[] bytes) =>
        await Should.ThrowAsync<SandboxFailedException>(async () => await ReaderOf(bytes).ReadAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task ReadAsync_LengthAboveTheLimit_IsAFailureBeforeAnyPayload() =>
        await Should.ThrowAsync<SandboxFailedException>(async () =>
            await ReaderOf([(byte)'D', 0xFF, 0xFF, 0xFF, 0xFF]).ReadAsync(TestContext.Current.CancellationToken)
        );

    private static FrameReader ReaderOf(byte[] bytes) => new(new MemoryStream(bytes));

    private static byte[] Bytes(char type, string payload)
    {
        var content = Encoding.UTF8.GetBytes(payload);
        return
        [
            (byte)type,
            (byte)(content.Length >> 24),
            (byte)(content.Length >> 16),
            (byte)(content.Length >> 8),
            (byte)content.Length,
            .. content,
        ];
    }

    private static async Task<(ReportType Type, string Text)> Next(FrameReader reader)
    {
        var frame = await reader.ReadAsync(TestContext.Current.CancellationToken);
        return (frame!.Value.Type, Encoding.UTF8.GetString(frame.Value.Payload.ToArray()));
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 3)], cancellationToken);
    }
}
