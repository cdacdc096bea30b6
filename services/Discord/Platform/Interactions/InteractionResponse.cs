using CodeInterpreter.Discord.Platform.Messages;

namespace CodeInterpreter.Discord.Platform.Interactions;

/// <summary>The first answer to an interaction.</summary>
internal sealed record InteractionResponse
{
    private InteractionResponse(ResponseType type, object? data = null) => (Type, Data) = (type, data);

    public static InteractionResponse Pong { get; } = new(ResponseType.Pong);

    /// <summary>A button was understood; nothing is seen of that.</summary>
    public static InteractionResponse DeferredUpdate { get; } = new(ResponseType.DeferredUpdate);

    public ResponseType Type { get; }

    /// <summary>A <see cref="MessageBody"/>, a <see cref="ModalBody"/>, or null.</summary>
    public object? Data { get; }

    public static InteractionResponse Message(MessageBody message) => new(ResponseType.Message, message);

    /// <summary>A text that only the user sees.</summary>
    public static InteractionResponse Private(string text) => Message(new MessageBody { Content = text, Flags = MessageFlags.Ephemeral });

    /// <summary>"is thinking". Whether only the user sees what follows is decided here for good.</summary>
    public static InteractionResponse DeferredMessage(bool ephemeral) =>
        new(ResponseType.DeferredMessage, ephemeral ? new DeferredBody(MessageFlags.Ephemeral) : null);

    /// <summary>Changes the message of the button.</summary>
    public static InteractionResponse Update(MessageBody message) => new(ResponseType.UpdateMessage, message);

    /// <summary>Opens a modal; not as an answer to a modal.</summary>
    public static InteractionResponse Modal(ModalBody modal) => new(ResponseType.Modal, modal);
}
