using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>A message from the gateway.</summary>
/// <param name="Opcode">What it is about.</param>
/// <param name="Data">Its content.</param>
/// <param name="Sequence">The number of an event; null for anything else.</param>
/// <param name="Event">The name of an event; null for anything else.</param>
internal sealed record GatewayMessage(
    [property: JsonPropertyName("op")] GatewayOpcode Opcode,
    [property: JsonPropertyName("d")] JsonElement Data,
    [property: JsonPropertyName("s")] long? Sequence,
    [property: JsonPropertyName("t")] string? Event
);

/// <summary>A message to the gateway.</summary>
/// <typeparam name="T">Its content.</typeparam>
internal sealed record GatewayCommand<T>([property: JsonPropertyName("op")] GatewayOpcode Opcode, [property: JsonPropertyName("d")] T Data);

/// <summary>How often, in milliseconds, the gateway wants a heartbeat.</summary>
internal sealed record Hello(int HeartbeatInterval);

/// <summary>Who we are, in a new session.</summary>
/// <param name="Token">The token of the bot.</param>
/// <param name="Intents">Which events the gateway sends beyond interactions, which it always sends.</param>
/// <param name="Properties">What the program is.</param>
internal sealed record Identify(string Token, int Intents, IdentifyProperties Properties)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(Identify);
}

/// <summary>What Discord wants to know of a program.</summary>
internal sealed record IdentifyProperties(string Os, string Browser, string Device);

/// <summary>Which session goes on, and the number of its last event that we have.</summary>
internal sealed record Resume(string Token, string SessionId, [property: JsonPropertyName("seq")] long Sequence)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(Resume)} after {Sequence}";
}

/// <summary>A session has begun.</summary>
internal sealed record Ready(string SessionId, string ResumeGatewayUrl);
