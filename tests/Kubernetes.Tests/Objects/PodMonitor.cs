using System.Text.Json.Serialization;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>What the manifests use of the Prometheus operator's PodMonitor; anything else is refused.</summary>
internal sealed class PodMonitor : CustomObject<PodMonitorSpec>;

internal sealed class PodMonitorSpec
{
    [JsonPropertyName("selector")]
    public V1LabelSelector Selector { get; set; } = new();

    [JsonPropertyName("podMetricsEndpoints")]
    public List<MetricsEndpoint> PodMetricsEndpoints { get; set; } = [];
}

internal sealed class MetricsEndpoint
{
    [JsonPropertyName("port")]
    public string Port { get; set; } = "";

    [JsonPropertyName("path")]
    public string Path { get; set; } = "";

    [JsonPropertyName("interval")]
    public string Interval { get; set; } = "";
}
