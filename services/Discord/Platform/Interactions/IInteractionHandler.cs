namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>Answers interactions, whichever way they come. It gets no pings, and only those from servers that the operator allows.</summary>
internal interface IInteractionHandler
{
    /// <summary>
    /// Returns the first answer at once and leaves work that takes time to its continuation: Discord drops an interaction that has no answer
    /// after three seconds.
    /// </summary>
    ValueTask<InteractionAnswer> HandleAsync(Interaction interaction, CancellationToken cancellationToken);
}
