namespace CodeInterpreter.Discord.Platform.Messages;

/// <summary>Which kinds of mentions in a message notify anybody: none.</summary>
internal sealed record AllowedMentions
{
    public IReadOnlyList<string> Parse { get; } = [];
}
