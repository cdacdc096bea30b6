using CodeInterpreter.Discord.Platform.Receiving;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.Discord.Tests.Platform.Receiving;

public sealed class ContinuationTests
{
    [Fact]
    public async Task AStop_CancelsTheWork_AndWaitsForItsEnd()
    {
        using var continuations = Subject.Continuations();
        var (begun, ended) = (new TaskCompletionSource(), false);
        continuations.Start(
            "1",
            async stop =>
            {
                begun.SetResult();
                var cancelled = new TaskCompletionSource();
                await using var _ = stop.Register(cancelled.SetResult);
                await cancelled.Task;
                ended = true;
            }
        );
        await begun.Task;

        await continuations.StopAsync(CancellationToken.None);

        ended.ShouldBeTrue();
    }

    [Fact]
    public async Task AFailure_IsLogged_WithTheInteraction()
    {
        var logger = new FakeLogger<Continuations>();
        using var continuations = new Continuations(logger);

        continuations.Start("123", _ => throw new InvalidOperationException("broken"));
        await continuations.StopAsync(CancellationToken.None);

        logger.LatestRecord.Message.ShouldBe("The work for interaction 123 failed");
        logger.LatestRecord.Exception!.Message.ShouldBe("broken");
    }
}
