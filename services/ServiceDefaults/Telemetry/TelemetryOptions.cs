using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>Metrics and traces of a service, section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Whether this host collects metrics and traces and serves <c>/metrics</c>, true by default. False in a host within another: what is
    /// measured in a process is collected once.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where traces are sent, such as <c>http://collector:4317</c>. By default the environment variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, which wins over this; without either they are not sent, and only tie log lines together.
    /// </summary>
    [WebAddress]
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>
    /// Part of the traces beginning here that are recorded, 0 to 1, 1 by default. A caller's own trace is recorded when
    /// the caller records it.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 1;
}
