using System.Diagnostics.Metrics;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Telemetry;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Databases;

/// <summary>What the gateway measures of the disk with its database.</summary>
internal sealed class DataInstruments(IMeterFactory meters, IOptions<GatewayOptions> options)
{
    /// <summary>Measures the volume of the data directory from now on.</summary>
    public void Observe() =>
        meters.Create(GatewayTelemetry.Name).MeasureFreeSpace("code_interpreter.gateway.data.free", options.Value.DataDirectory);
}
