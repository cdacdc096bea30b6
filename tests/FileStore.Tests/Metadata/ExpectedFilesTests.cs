using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.FileStore.Tests.Metadata;

public sealed class ExpectedFilesTests
{
    private readonly ExpectedFiles _files = new();

    [Fact]
    public void WaitAsync_NothingOfThatExecutionIsExpected_IsDone()
    {
        _files.Expect("other");

        WaitForEver("execution").IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task WaitAsync_SeveralAreExpected_EndsWithTheLast()
    {
        var first = _files.Expect("execution");
        var last = _files.Expect("execution");
        var waiting = WaitForEver("execution");

        first.Dispose();
        first.Dispose();
        waiting.IsCompleted.ShouldBeFalse();
        last.Dispose();

        await waiting;
        WaitForEver("execution").IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task WaitAsync_SeveralExecutions_EndsWhenNoneHasAFileOnItsWay()
    {
        var one = _files.Expect("one");
        var other = _files.Expect("other");
        var waiting = WaitForEver("one", "other", "one");

        one.Dispose();
        waiting.IsCompleted.ShouldBeFalse();
        other.Dispose();

        await waiting;
    }

    [Fact]
    public async Task WaitAsync_OneThatDoesNotCome_IsNotWaitedForBeyondPatience()
    {
        _files.Expect("execution");

        await _files
            .WaitAsync(["execution"], TimeSpan.FromMilliseconds(1))
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private Task WaitForEver(params string[] executionIds) => _files.WaitAsync(executionIds, Timeout.InfiniteTimeSpan);
}
