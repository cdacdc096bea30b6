using System.ComponentModel.DataAnnotations;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>Metrics and traces of a service, section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Whether this host collects metrics and traces and serves <c>/metrics</c>, true by default. False for a host inside another host,
    /// because a process collects its metrics once.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Where traces are sent, such as <c>http://collector:4317</c>. By default the environment variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, which takes precedence. Without either, traces are not sent, and their ids only connect log
    /// entries.
    /// </summary>
    [WebAddress]
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>
    /// Part of the traces that begin here and are recorded, 0 to 1, 1 by default. A trace that a caller began is recorded if the caller
    /// records it.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 1;
}
