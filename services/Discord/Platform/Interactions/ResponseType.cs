namespace CodeInterpreter.Discord.Platform.Interactions;

internal enum ResponseType
{
    Pong = 1,
    Message = 4,

    /// <summary>"is thinking": a message follows.</summary>
    DeferredMessage = 5,

    /// <summary>A button was understood; nothing is seen of that.</summary>
    DeferredUpdate = 6,

    /// <summary>The message of the button changes.</summary>
    UpdateMessage = 7,
    Modal = 9,
}
