using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Limits;

/// <summary>
/// Limits how many large requests are in memory, over HTTP and gRPC together: each from before its body is read until it has been
/// published. The connection of a caller that sends too slowly is closed.
/// </summary>
internal sealed class LargeRequests(TimeProvider timeProvider) : IDisposable
{
    public const int AtATime = 8;
    public const int Waiting = 64;

    /// <summary>How long a request may take until it has been published: 200 KiB a second for the largest.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A body of this size or more is large.</summary>
    public const int LargeBytes = 64 * 1024;

    private readonly RequestSlots _slots = new(AtATime, Waiting, Longest, timeProvider);

    /// <summary>Waits for a slot if a body of that size is large.</summary>
    /// <exception cref="GatewayException">Too many requests are waiting.</exception>
    public async Task EnterAsync(HttpContext context, long bytes)
    {
        if (bytes < LargeBytes || context.Features.Get<Held>() is not null)
            return;
        var slot =
            await _slots.TryAcquireAsync(context)
            ?? throw new GatewayException(GatewayErrorKind.Overloaded, "Too many large requests are being read; try again later.");
        context.Features.Set(new Held(slot));
    }

    /// <summary>Releases the slot: the request is no longer in memory, though its response is still to come.</summary>
    public static void Leave(HttpContext context)
    {
        context.Features.Get<Held>()?.Slot.Dispose();
        context.Features.Set<Held>(null);
    }

    public void Dispose() => _slots.Dispose();

    private sealed record Held(IDisposable Slot);
}
