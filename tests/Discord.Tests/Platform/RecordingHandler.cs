using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Tests.Platform;

/// <summary>Answers each interaction in the same way and remembers it.</summary>
internal sealed class RecordingHandler(Func<Interaction, InteractionAnswer>? answer = null) : IInteractionHandler
{
    public List<Interaction> Received { get; } = [];

    public ValueTask<InteractionAnswer> HandleAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        Received.Add(interaction);
        return new(answer?.Invoke(interaction) ?? InteractionResponse.Private("done"));
    }
}
