using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Executions;

namespace CodeInterpreter.Runner.Tests.Executions;

public sealed class ExecutionDeduplicatorTests : IDisposable
{
    private readonly ExecutionDeduplicator _ledger = new();
    private int _runs;

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task GetOrRunAsync_RedeliveredWhileItRuns_BothHaveTheSameResult()
    {
        var end = new TaskCompletionSource<ExecutionResult>();
        var first = _ledger.GetOrRunAsync("e", () => RunAsync(end.Task));
        var second = _ledger.GetOrRunAsync("e", () => RunAsync(end.Task));

        end.SetResult(new ExecutionResult { Outcome = Outcome.Succeeded });

        (await second).ShouldBeSameAs(await first);
        _runs.ShouldBe(1);
    }

    [Fact]
    public async Task GetOrRunAsync_RedeliveredAfterItsEnd_DoesNotRunAgain()
    {
        var result = Task.FromResult(new ExecutionResult { Outcome = Outcome.Succeeded });
        await _ledger.GetOrRunAsync("e", () => RunAsync(result));
        await _ledger.GetOrRunAsync("e", () => RunAsync(result));

        _runs.ShouldBe(1);
    }

    [Fact]
    public async Task GetOrRunAsync_RunThatThrew_MayBeRetried()
    {
        await Should.ThrowAsync<TimeoutException>(() =>
            _ledger.GetOrRunAsync("e", () => RunAsync(Task.FromException<ExecutionResult>(new TimeoutException())))
        );

        await _ledger.GetOrRunAsync("e", () => RunAsync(Task.FromResult(new ExecutionResult { Outcome = Outcome.Succeeded })));

        _runs.ShouldBe(2);
    }

    [Fact]
    public async Task GetOrRunAsync_RedeliveredRepeatedlyAroundItsEnd_RunsOnce()
    {
        // Deliveries come at any moment of the end; enough of both meet the one between the two look-ups.
        for (var round = 0; round < 2000; round++)
        {
            var id = $"e{round}";
            _runs = 0;
            await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                        Task.Run(
                            () =>
                                _ledger.GetOrRunAsync(
                                    id,
                                    () =>
                                    {
                                        Interlocked.Increment(ref _runs);
                                        return Task.FromResult(new ExecutionResult { Outcome = Outcome.Succeeded });
                                    }
                                ),
                            TestContext.Current.CancellationToken
                        )
                    )
            );
            _runs.ShouldBe(1);
        }
    }

    private Task<ExecutionResult> RunAsync(Task<ExecutionResult> result)
    {
        _runs++;
        return result;
    }
}
