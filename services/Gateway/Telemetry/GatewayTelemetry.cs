namespace CodeInterpreter.Gateway.Telemetry;

/// <summary>Where the gateway's metrics belong.</summary>
internal static class GatewayTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "CodeInterpreter.Gateway";
}
