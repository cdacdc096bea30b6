using CodeInterpreter.ServiceDefaults.Hosting;

namespace CodeInterpreter.ServiceDefaults.Tests.Hosting;

public sealed class IdleMemoryTests : IDisposable
{
    private readonly IdleMemory _memory;
    private long _allocated;
    private int _collected;

    public IdleMemoryTests() => _memory = new IdleMemory(TimeProvider.System, () => _allocated, () => _collected++);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Look_AfterABusyTime_CollectsAFewTimes()
    {
        CollectedAfter(allocated: 0).ShouldBe(0);
        CollectedAfter(allocated: 10 * IdleMemory.BusyBytes).ShouldBe(0, "it is busy");
        CollectedAfter(allocated: IdleMemory.BusyBytes / 2).ShouldBe(1);
        CollectedAfter(allocated: 2 * IdleMemory.BusyBytes).ShouldBe(1, "it is busy again");
        Enumerable.Range(0, 6).Select(_ => CollectedAfter(allocated: 0)).ShouldBe([2, 3, 4, 5, 5, 5]);
    }

    private int CollectedAfter(long allocated)
    {
        _allocated += allocated;
        _memory.Look();
        return _collected;
    }
}
