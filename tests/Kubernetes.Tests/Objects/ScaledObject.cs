using System.Text.Json.Serialization;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>What the manifests use of KEDA's ScaledObject; anything else is refused.</summary>
internal sealed class ScaledObject : CustomObject<ScaledObjectSpec>;

internal sealed class ScaledObjectSpec
{
    [JsonPropertyName("scaleTargetRef")]
    public ScaleTarget ScaleTargetRef { get; set; } = new();

    [JsonPropertyName("pollingInterval")]
    public int? PollingInterval { get; set; }

    [JsonPropertyName("cooldownPeriod")]
    public int? CooldownPeriod { get; set; }

    [JsonPropertyName("minReplicaCount")]
    public int? MinReplicaCount { get; set; }

    [JsonPropertyName("maxReplicaCount")]
    public int? MaxReplicaCount { get; set; }

    [JsonPropertyName("fallback")]
    public ScalingFallback? Fallback { get; set; }

    [JsonPropertyName("advanced")]
    public AdvancedScaling? Advanced { get; set; }

    [JsonPropertyName("triggers")]
    public List<ScaleTrigger> Triggers { get; set; } = [];
}

internal sealed class ScaleTarget
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";
}

internal sealed class ScalingFallback
{
    [JsonPropertyName("failureThreshold")]
    public int FailureThreshold { get; set; }

    [JsonPropertyName("replicas")]
    public int Replicas { get; set; }

    [JsonPropertyName("behavior")]
    public string Behavior { get; set; } = "static";
}

internal sealed class AdvancedScaling
{
    [JsonPropertyName("horizontalPodAutoscalerConfig")]
    public AutoscalerConfig? HorizontalPodAutoscalerConfig { get; set; }
}

internal sealed class AutoscalerConfig
{
    [JsonPropertyName("behavior")]
    public V2HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}

internal sealed class ScaleTrigger
{
    [JsonPropertyName("type")]
    public string Type { get; set; } = "";

    [JsonPropertyName("metadata")]
    public Dictionary<string, string> Metadata { get; set; } = [];

    [JsonPropertyName("authenticationRef")]
    public ScaleTarget? AuthenticationRef { get; set; }
}
