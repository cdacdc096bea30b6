using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>A window with inputs.</summary>
/// <param name="CustomId">Our name for it, 1 to 100 characters.</param>
/// <param name="Title">At most 45 characters.</param>
/// <param name="Components">One to five.</param>
internal sealed record ModalBody(string CustomId, string Title, IReadOnlyList<MessageComponent> Components);
