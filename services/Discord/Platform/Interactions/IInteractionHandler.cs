namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>Answers interactions, over HTTP or the gateway. It gets no pings, and nothing from servers that are not allowed.</summary>
internal interface IInteractionHandler
{
    /// <summary>
    /// Returns the first answer at once and leaves work that takes time to its continuation: Discord drops an interaction without an
    /// answer after three seconds.
    /// </summary>
    ValueTask<InteractionAnswer> HandleAsync(Interaction interaction, CancellationToken cancellationToken);
}
