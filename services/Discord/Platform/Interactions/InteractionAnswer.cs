namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>What a handler does about an interaction.</summary>
/// <param name="First">The first answer, which Discord has to get within three seconds of the interaction.</param>
/// <param name="Continuation">
/// The work behind it. It starts when the first answer has been sent, so that its edits find a message; it does not start where that
/// failed. Its token is cancelled when the service stops. What it throws is logged.
/// </param>
internal sealed record InteractionAnswer(InteractionResponse First, Func<CancellationToken, Task>? Continuation = null)
{
    public static implicit operator InteractionAnswer(InteractionResponse first) => new(first);
}
