using System.Text.Json.Serialization;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>What the manifests use of KEDA's TriggerAuthentication; anything else is refused.</summary>
internal sealed class TriggerAuthentication : CustomObject<TriggerAuthenticationSpec>;

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
