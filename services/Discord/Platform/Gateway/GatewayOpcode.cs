namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>What a message of the gateway is about, as Discord's numbers.</summary>
internal enum GatewayOpcode
{
    /// <summary>Something has happened: an event.</summary>
    Dispatch = 0,
    Heartbeat = 1,
    Identify = 2,
    Resume = 6,

    /// <summary>Discord wants us to connect anew and resume.</summary>
    Reconnect = 7,
    InvalidSession = 9,

    /// <summary>The first message of a connection.</summary>
    Hello = 10,
    HeartbeatAck = 11,
}
