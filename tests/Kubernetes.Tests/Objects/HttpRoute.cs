using System.Text.Json.Serialization;

namespace CodeInterpreter.Kubernetes.Tests.Objects;

/// <summary>What the manifests use of the Gateway API's HTTPRoute; anything else is refused.</summary>
internal sealed class HttpRoute : CustomObject<HttpRouteSpec>;

internal sealed class HttpRouteSpec
{
    [JsonPropertyName("parentRefs")]
    public List<RouteParent> ParentRefs { get; set; } = [];

    [JsonPropertyName("hostnames")]
    public List<string> Hostnames { get; set; } = [];

    [JsonPropertyName("rules")]
    public List<RouteRule> Rules { get; set; } = [];
}

internal sealed class RouteParent
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("namespace")]
    public string Namespace { get; set; } = "";

    [JsonPropertyName("sectionName")]
    public string SectionName { get; set; } = "";
}

internal sealed class RouteRule
{
    [JsonPropertyName("timeouts")]
    public RouteTimeouts? Timeouts { get; set; }

    [JsonPropertyName("backendRefs")]
    public List<RouteBackend> BackendRefs { get; set; } = [];
}

internal sealed class RouteTimeouts
{
    [JsonPropertyName("request")]
    public string Request { get; set; } = "";

    [JsonPropertyName("backendRequest")]
    public string BackendRequest { get; set; } = "";
}

internal sealed class RouteBackend
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("port")]
    public int Port { get; set; }
}
