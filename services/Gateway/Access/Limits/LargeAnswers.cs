using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>
/// Bounds how many large results are in memory because their callers have not read them yet, over HTTP and gRPC together. A caller who
/// takes none for long is cut off; the result can be asked for again.
/// </summary>
internal sealed class LargeAnswers(TimeProvider timeProvider) : IDisposable
{
    public const int AtATime = 4;
    public const int Waiting = 24;

    /// <summary>How long an answer may take: 70 KiB a second for the largest.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(1);

    private const int LargeLength = 64 * 1024;

    private readonly SemaphoreSlim _places = new(AtATime, AtATime);
    private int _waiting;

    /// <summary>Waits until the result may be answered with; its place is given back with the end of the request.</summary>
    /// <exception cref="GatewayException">So many wait that this one cannot.</exception>
    public async Task AdmitAsync(HttpContext context, string executionId, ExecutionResult? result)
    {
        if (result is null || LengthOf(result.Output) + LengthOf(result.Error) < LargeLength) return;

        try
        {
            if (Interlocked.Increment(ref _waiting) > Waiting || !await _places.WaitAsync(LongestAnswer, context.RequestAborted)) throw TooMany(executionId);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        var place = new Place(_places, context, timeProvider);
        context.Response.RegisterForDispose(place);
    }

    public void Dispose() => _places.Dispose();

    private static int LengthOf(OutputText text) => text.Text.Length + text.Tail.Length;

    private static GatewayException TooMany(string executionId) => new(
        GatewayErrorKind.Overloaded, "So many large results are being answered that this one has to wait; ask for it later.")
    {
        ExecutionId = executionId,
    };

    private sealed class Place : IDisposable
    {
        private readonly SemaphoreSlim _places;
        private readonly ITimer _end;

        public Place(SemaphoreSlim places, HttpContext context, TimeProvider timeProvider)
        {
            _places = places;
            _end = timeProvider.CreateTimer(_ => context.Abort(), state: null, LongestAnswer, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _end.Dispose();
            _places.Release();
        }
    }
}
