using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Access.Limits;
using CodeInterpreter.Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Access;

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
    public async Task Admit_MoreLargeResultsThanAtATime_WaitsUntilARequestEnds()
    {
        var requests = await FillAsync();

        var waiting = _answers.AdmitAsync(new Request(), "execution", Large);
        waiting.IsCompleted.ShouldBeFalse();
        requests[0].End();

        await waiting;
    }

    [Fact]
    public async Task Admit_SmallResults_NeverWait()
    {
        await FillAsync();

        await _answers.AdmitAsync(new Request(), "execution", Large with { Output = OutputText.Empty });
        await _answers.AdmitAsync(new Request(), "execution", result: null);
    }

    [Fact]
    public async Task Admit_MoreThanMayWait_IsRefusedWithTheExecution()
    {
        await FillAsync();
        var waiting = Enumerable.Range(0, LargeAnswers.Waiting).Select(_ => _answers.AdmitAsync(new Request(), "execution", Large)).ToList();

        var refused = await Should.ThrowAsync<GatewayException>(_answers.AdmitAsync(new Request(), "one-more", Large));

        (refused.Kind, refused.ExecutionId).ShouldBe((GatewayErrorKind.Overloaded, "one-more"));
        waiting.ShouldAllBe(call => !call.IsCompleted);
    }

    [Fact]
    public async Task Admit_ACallerWhoDoesNotRead_IsCutOff()
    {
        var requests = await FillAsync();

        _time.Advance(LargeAnswers.LongestAnswer - TimeSpan.FromSeconds(1));
        requests[0].IsAborted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        requests.ShouldAllBe(request => request.IsAborted);
    }

    [Fact]
    public async Task Admit_ACallerWhoGoesAwayWhileItWaits_LeavesItsTurnToOthers()
    {
        var requests = await FillAsync();
        var gone = new Request();
        var leaving = _answers.AdmitAsync(gone, "execution", Large);
        gone.Abort();
        await Should.ThrowAsync<OperationCanceledException>(leaving);

        var next = _answers.AdmitAsync(new Request(), "execution", Large);
        requests[0].End();

        await next;
    }

    private async Task<List<Request>> FillAsync()
    {
        var requests = Enumerable.Range(0, LargeAnswers.AtATime).Select(_ => new Request()).ToList();
        foreach (var request in requests) await _answers.AdmitAsync(request, "execution", Large);
        return requests;
    }

    private sealed class Request : IDisposable
    {
        private readonly DefaultHttpContext _context = new();
        private readonly Lifetime _lifetime = new();
        private readonly Response _response = new();

        public Request()
        {
            _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
            _context.Features.Set<IHttpResponseFeature>(_response);
        }

        public bool IsAborted => _lifetime.RequestAborted.IsCancellationRequested;

        public static implicit operator HttpContext(Request request) => request._context;

        public void Abort() => _lifetime.Abort();

        public void Dispose() => _lifetime.Dispose();

        public void End() => _response.Ends.ForEach(end => end());
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }

    private sealed class Response : HttpResponseFeature
    {
        public List<Action> Ends { get; } = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => Ends.Add(() => callback(state));
    }
}
