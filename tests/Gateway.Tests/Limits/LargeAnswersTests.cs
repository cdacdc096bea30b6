using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Limits;

public sealed class LargeAnswersTests : IDisposable
{
    private static readonly ExecutionResult Large = new()
    {
        Outcome = Outcome.Succeeded,
        Output = new OutputText(new string('a', 40_000), 80_000, true, new string('a', 40_000)),
    };

    private readonly FakeTimeProvider _time = new();
    private readonly LargeAnswers _answers;

    public LargeAnswersTests() => _answers = new LargeAnswers(_time);

    public void Dispose() => _answers.Dispose();

    [Fact]
    public async Task Admit_TooManyLargeResults_WaitUntilARequestEnds()
    {
        var requests = await FillAsync();

        var waiting = _answers.AdmitAsync(new StandInRequest(), "execution", Large);
        waiting.IsCompleted.ShouldBeFalse();
        requests[0].End();

        await waiting;
    }

    [Fact]
    public async Task Admit_SmallResults_NeverWait()
    {
        await FillAsync();

        await _answers.AdmitAsync(new StandInRequest(), "execution", Large with { Output = OutputText.Empty });
        await _answers.AdmitAsync(new StandInRequest(), "execution", result: null);
    }

    [Fact]
    public async Task Admit_SmallResultWithLargeFiles_Waits()
    {
        var requests = await FillAsync();

        var waiting = _answers.AdmitAsync(
            new StandInRequest(),
            "execution",
            Large with
            {
                Output = OutputText.Empty,
            },
            fileBytes: 1024 * 1024
        );
        waiting.IsCompleted.ShouldBeFalse();
        requests[0].End();

        await waiting;
    }

    [Fact]
    public async Task Admit_TooManyWaiting_IsRefusedWithTheExecution()
    {
        await FillAsync();
        var waiting = Enumerable
            .Range(0, LargeAnswers.Waiting)
            .Select(_ => _answers.AdmitAsync(new StandInRequest(), "execution", Large))
            .ToList();

        var refused = await Should.ThrowAsync<GatewayException>(_answers.AdmitAsync(new StandInRequest(), "one-more", Large));

        (refused.Kind, refused.ExecutionId).ShouldBe((GatewayErrorKind.Overloaded, "one-more"));
        waiting.ShouldAllBe(call => !call.IsCompleted);
    }

    [Fact]
    public async Task Admit_CallerDoesNotRead_IsDisconnected()
    {
        var requests = await FillAsync();

        _time.Advance(LargeAnswers.LongestAnswer - TimeSpan.FromSeconds(1));
        requests[0].IsAborted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        requests.ShouldAllBe(request => request.IsAborted);
    }

    [Fact]
    public async Task Admit_CallerDisconnectsWhileItWaits_LeavesItsTurnToOthers()
    {
        var requests = await FillAsync();
        var gone = new StandInRequest();
        var leaving = _answers.AdmitAsync(gone, "execution", Large);
        gone.Abort();
        await Should.ThrowAsync<OperationCanceledException>(leaving);

        var next = _answers.AdmitAsync(new StandInRequest(), "execution", Large);
        requests[0].End();

        await next;
    }

    private async Task<List<StandInRequest>> FillAsync()
    {
        var requests = Enumerable.Range(0, LargeAnswers.AtATime).Select(_ => new StandInRequest()).ToList();
        foreach (var request in requests)
            await _answers.AdmitAsync(request, "execution", Large);
        return requests;
    }
}
