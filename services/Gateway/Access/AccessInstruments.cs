using System.Diagnostics.Metrics;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Telemetry;
using CodeInterpreter.ServiceDefaults.Telemetry;

namespace CodeInterpreter.Gateway.Access;

/// <summary>The gateway's metrics about access.</summary>
internal sealed class AccessInstruments(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters
        .Create(GatewayTelemetry.Name)
        .CreateCounter<long>("code_interpreter.gateway.calls.refused", "{call}", "Calls of any kind refused by access control, by reason.");

    public void Refused(GatewayErrorKind reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", TagValue.Of(reason)));
}
