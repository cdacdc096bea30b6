using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>An object whose kind an operator defines, as far as the manifests use it. Other fields are refused.</summary>
/// <typeparam name="TSpec">What is in it.</typeparam>
internal abstract class CustomObject<TSpec> : IKubernetesObject<V1ObjectMeta>
    where TSpec : new()
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public TSpec Spec { get; set; } = new();
}
