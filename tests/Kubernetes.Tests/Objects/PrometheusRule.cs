using System.Text.Json.Serialization;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>What the manifests use of the Prometheus operator's PrometheusRule; anything else is refused.</summary>
internal sealed class PrometheusRule : CustomObject<PrometheusRuleSpec>;

internal sealed class PrometheusRuleSpec
{
    [JsonPropertyName("groups")]
    public List<AlertGroup> Groups { get; set; } = [];
}

internal sealed class AlertGroup
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("rules")]
    public List<AlertRule> Rules { get; set; } = [];
}

internal sealed class AlertRule
{
    [JsonPropertyName("alert")]
    public string Alert { get; set; } = "";

    [JsonPropertyName("expr")]
    public string Expr { get; set; } = "";

    [JsonPropertyName("for")]
    public string For { get; set; } = "";

    [JsonPropertyName("labels")]
    public Dictionary<string, string> Labels { get; set; } = [];

    [JsonPropertyName("annotations")]
    public Dictionary<string, string> Annotations { get; set; } = [];
}
