using CodeInterpreter.Gateway.Executions.Storage;

namespace CodeInterpreter.Gateway.Tests.Executions.Storage;

public sealed class ResultReadsTests : IDisposable
{
    private readonly ResultReads _reads = new(atATime: 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _reads.Dispose();

    [Fact]
    public async Task Read_TooManyAtOnce_WaitsUntilAnotherEnds()
    {
        var reads = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource<int>()).ToList();
        var begun = 0;
        var all = reads
            .Select(read =>
                _reads.ReadAsync(
                    () =>
                    {
                        begun++;
                        return read.Task;
                    },
                    Token
                )
            )
            .ToList();
        begun.ShouldBe(2);

        reads[0].SetException(new InvalidOperationException());
        reads[1].SetResult(1);
        reads[2].SetResult(2);
        reads[3].SetResult(3);

        await Should.ThrowAsync<InvalidOperationException>(all[0]);
        (await Task.WhenAll(all[1..])).ShouldBe([1, 2, 3]);
    }
}
