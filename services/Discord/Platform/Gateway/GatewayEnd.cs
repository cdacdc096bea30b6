using System.Net.WebSockets;

namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>How a connection to the gateway ended, and so what comes next.</summary>
/// <param name="Reason">Why, for the log.</param>
/// <param name="KeepsSession">Whether the next connection may resume the session.</param>
internal sealed record GatewayEnd(string Reason, bool KeepsSession)
{
    /// <summary>Whether Discord wants a pause of one to five seconds before the next connection.</summary>
    public bool IsInvalidSession { get; init; }

    /// <summary>What the operator has to change; null where a new connection may help.</summary>
    public string? Remedy { get; private init; }

    /// <summary>Discord does not accept the bot token.</summary>
    public static GatewayEnd TokenRefused { get; } =
        new("Discord refused the bot token", KeepsSession: false)
        {
            Remedy =
                "Discord refused the bot token. Reset it on the page \"Bot\" of the application, and set Discord:BotToken to the new one.",
        };

    /// <summary>What a close code of Discord means.</summary>
    public static GatewayEnd Of(WebSocketCloseStatus? status, string? description)
    {
        var code = (int?)status ?? 0;
        var reason = $"Discord closed the connection with {code} {description}".TrimEnd();
        return code switch
        {
            4004 => TokenRefused,
            4010 => Final("Discord refused the shard of this connection, which is a fault of this program."),
            4011 => Final(
                "The bot is in so many servers that Discord wants several shards. This service has one, which is enough for 2,500."
            ),
            4012 => Final("Discord does not support version 10 of its gateway any more. Update this service."),
            4013 or 4014 => Final("Discord refused the intents of this connection, although it asks for none. Update this service."),
            // Sequence invalid, not identified, session over: a new session is needed.
            4003 or 4007 or 4009 => new(reason, KeepsSession: false),
            _ => new(reason, KeepsSession: true),
        };

        GatewayEnd Final(string remedy) => new(reason, KeepsSession: false) { Remedy = remedy };
    }
}
