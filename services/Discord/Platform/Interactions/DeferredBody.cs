using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>All that Discord takes with a deferred message.</summary>
internal sealed record DeferredBody(MessageFlags Flags);
