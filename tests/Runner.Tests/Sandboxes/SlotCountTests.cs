using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Sandboxes;

public sealed class SlotCountTests
{
    private const long Gibibyte = 1L << 30;

    [Theory]
    // 24 GB as machines have them: some of it is the kernel's.
    [InlineData(23.5, 1, 47)]
    [InlineData(24, 1, 48)]
    [InlineData(8, 1, 16)]
    [InlineData(24, 4, 12)]
    [InlineData(1000, 1, 256)]
    [InlineData(0.5, 1, 2)]
    [InlineData(0, 1, 2)]
    public void For_MemoryOfMachineAndSandbox_IsTheNumberOfSlots(double machine, long sandbox, int slots) =>
        SlotCount.For((long)(machine * Gibibyte), sandbox * Gibibyte).ShouldBe(slots);

    [Fact]
    public void For_DefaultSandboxOn24GiB_LetsOneUserRunSixteen() =>
        (SlotCount.For(24 * Gibibyte, new SandboxOptions().MemoryBytes) / 2).ShouldBeGreaterThanOrEqualTo(16);
}
