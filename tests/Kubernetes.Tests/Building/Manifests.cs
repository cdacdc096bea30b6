using CodeInterpreter.Kubernetes.Tests.Objects;
using k8s;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Building;

/// <summary>What is applied to a cluster, as typed objects. A field that its kind does not have is an error.</summary>
internal sealed class Manifests
{
    private static readonly Dictionary<string, Type> OwnKinds = new()
    {
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["gateway.networking.k8s.io/v1/HTTPRoute"] = typeof(HttpRoute),
    };

    private readonly List<object> _objects;

    private Manifests(string text)
    {
        Text = text;
        _objects = KubernetesYaml.LoadAllFromString(text, OwnKinds, strict: true);
        Workloads =
        [
            .. All<V1Deployment>().Select(item => new Workload(item, item.Spec.Selector, item.Spec.Template, item.Spec.Replicas)),
            .. All<V1StatefulSet>().Select(item => new Workload(item, item.Spec.Selector, item.Spec.Template, item.Spec.Replicas)),
        ];
    }

    public string Text { get; }

    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>Those that run our images, by their name.</summary>
    public IEnumerable<Workload> Services => Workloads.Where(workload => workload.IsService);

    public static Manifests Parse(string text) => new(text);

    public IEnumerable<T> All<T>() => _objects.OfType<T>();

    public Workload Service(string name) => Services.Single(workload => workload.Name == name);

    /// <summary>The ConfigMap that a pod names, if there is one.</summary>
    public V1ConfigMap? ConfigMap(string @namespace, string name) =>
        All<V1ConfigMap>().SingleOrDefault(map => map.Metadata.NamespaceProperty == @namespace && map.Metadata.Name == name);

    /// <summary>What a workload's container gets from its ConfigMaps.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(Workload workload, V1Container container) =>
        (container.EnvFrom ?? [])
            .Select(source => source.ConfigMapRef?.Name is { } name ? ConfigMap(workload.Namespace, name)?.Data : null)
            .SelectMany(data => data ?? new Dictionary<string, string>())
            .ToDictionary(setting => setting.Key, setting => setting.Value);

    /// <summary>A setting of a service, null where it has none of that name.</summary>
    public string? Setting(string service, string name) => SettingsOf(Service(service), Service(service).Main).GetValueOrDefault(name);

    /// <summary>How many executions a runner takes at a time.</summary>
    public int Slots => int.TryParse(Setting("runner", "Runner__Slots"), out var slots) ? slots : 0;
}
