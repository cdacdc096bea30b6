using CodeInterpreter.Discord.Platform.Interactions;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>Who gets what happens on a connection. All of it returns at once, as the connection waits meanwhile.</summary>
internal interface IGatewayEvents
{
    /// <summary>Discord sends interactions from now on.</summary>
    void Connected(bool isResumed);

    void Received(Interaction interaction);

    /// <summary>An interaction came that cannot be read.</summary>
    void NotUnderstood(Exception exception);
}
