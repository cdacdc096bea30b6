using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Access.Limits;

/// <summary>
/// Bounds how many large requests are in memory, over HTTP and gRPC together: each from before its body is read until it has been handed
/// over. A caller who sends too slowly is cut off.
/// </summary>
internal sealed class LargeRequests(TimeProvider timeProvider) : IDisposable
{
    public const int AtATime = 8;
    public const int Waiting = 64;

    /// <summary>How long a request may take until it has been handed over: 200 KiB a second for the largest.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>From how many bytes on a body is large.</summary>
    public const int LargeBytes = 64 * 1024;

    private readonly Places _places = new(AtATime, Waiting, Longest, timeProvider);

    /// <summary>Waits until a body of that size may be read.</summary>
    /// <exception cref="GatewayException">So many wait that this one cannot.</exception>
    public async Task EnterAsync(HttpContext context, long bytes)
    {
        if (bytes < LargeBytes || context.Features.Get<Held>() is not null)
            return;
        var place =
            await _places.TryTakeAsync(context)
            ?? throw new GatewayException(
                GatewayErrorKind.Overloaded,
                "So many large requests are being read that this one cannot be; try again later."
            );
        context.Features.Set(new Held(place));
    }

    /// <summary>The request is not in memory any more, though it is still to be answered.</summary>
    public static void Leave(HttpContext context)
    {
        context.Features.Get<Held>()?.Place.Dispose();
        context.Features.Set<Held>(null);
    }

    public void Dispose() => _places.Dispose();

    private sealed record Held(IDisposable Place);
}
