using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>What the manifests use of KEDA's TriggerAuthentication; anything else is refused.</summary>
internal sealed class TriggerAuthentication : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public TriggerAuthenticationSpec Spec { get; set; } = new();
}

internal sealed class TriggerAuthenticationSpec
{
    [JsonPropertyName("secretTargetRef")]
    public List<SecretTarget> SecretTargetRef { get; set; } = [];
}

internal sealed class SecretTarget
{
    [JsonPropertyName("parameter")]
    public string Parameter { get; set; } = "";

    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("key")]
    public string Key { get; set; } = "";
}
