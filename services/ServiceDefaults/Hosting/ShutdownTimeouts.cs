namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// How long each step of a graceful shutdown may take. Each step is shorter than the one around it, so that none is cut
/// off by the next.
/// </summary>
public static class ShutdownTimeouts
{
    /// <summary>Consumers finish what they hold: the longest execution and its harvest.</summary>
    public static readonly TimeSpan Consumers = TimeSpan.FromSeconds(330);

    /// <summary>The bus stops, its consumers before it.</summary>
    public static readonly TimeSpan Bus = Consumers + TimeSpan.FromSeconds(10);

    /// <summary>The host stops, the bus among its services. The pod's grace period has to be longer still.</summary>
    public static readonly TimeSpan Host = Bus + TimeSpan.FromSeconds(10);
}
