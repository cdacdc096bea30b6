namespace CodeInterpreter.Discord.Settings;

/// <summary>How interactions come from Discord to the service. An application has one way or the other.</summary>
public enum DiscordConnection
{
    /// <summary>The service opens a connection to Discord. It needs no address that Discord can reach, and runs as one replica.</summary>
    Gateway,

    /// <summary>Discord calls <c>POST /interactions</c> of the service, over HTTPS. It runs as any number of replicas.</summary>
    Http,
}
