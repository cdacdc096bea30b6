using k8s;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Building;

/// <summary>A Deployment or StatefulSet.</summary>
internal sealed record Workload(IKubernetesObject<V1ObjectMeta> Object, V1LabelSelector Selector, V1PodTemplateSpec Template, int? Replicas)
{
    private static readonly string[] OurServices = ["gateway", "runner", "file-store"];

    public string Name => Object.Metadata.Name;

    public string Namespace => Object.Metadata.NamespaceProperty;

    public V1PodSpec Pod => Template.Spec;

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public bool IsService => OurServices.Contains(Name);

    /// <summary>The container that the workload is named after.</summary>
    public V1Container Main => Pod.Containers.Single(container => container.Name == Name);

    /// <summary>All of them, those that run before the others included.</summary>
    public IEnumerable<V1Container> Containers => [.. Pod.InitContainers ?? [], .. Pod.Containers];

    /// <summary>Those that run as long as the pod does: a container before the others that is restarted is a sidecar.</summary>
    public IEnumerable<V1Container> LastingContainers =>
        [.. (Pod.InitContainers ?? []).Where(container => container.RestartPolicy == "Always"), .. Pod.Containers];

    public IEnumerable<int> Ports => Pod.Containers.SelectMany(container => container.Ports ?? []).Select(port => port.ContainerPort);

    public bool HasPort(IntOrString port) =>
        int.TryParse(port.Value, out var number)
            ? Ports.Contains(number)
            : Pod.Containers.SelectMany(container => container.Ports ?? []).Any(candidate => candidate.Name == port.Value);

    public bool IsSelectedBy(V1LabelSelector? selector) => Selection.Matches(selector, Labels);

    public override string ToString() => $"{Object.Kind} {Namespace}/{Name}";
}
