using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Objects;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>What selects pods selects those that it is meant for.</summary>
internal static class SelectorRule
{
    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests
            .Workloads.SelectMany(WorkloadFaults)
            .Concat(manifests.All<V1Service>().SelectMany(service => ServiceFaults(service, manifests)))
            .Concat(manifests.All<PodMonitor>().SelectMany(monitor => MonitorFaults(monitor, manifests)))
            .Concat(Unmonitored(manifests));

    public static IEnumerable<V1Service> ServicesOf(Workload workload, Manifests manifests) =>
        manifests
            .All<V1Service>()
            .Where(service =>
                service.Metadata.NamespaceProperty == workload.Namespace && Selection.Matches(service.Spec.Selector, workload.Labels)
            );

    private static IEnumerable<string> WorkloadFaults(Workload workload)
    {
        if (!workload.IsSelectedBy(workload.Selector))
            yield return $"{workload} does not select its own pods.";
        if ((workload.Pod.TopologySpreadConstraints ?? []).Any(item => !workload.IsSelectedBy(item.LabelSelector)))
            yield return $"{workload} spreads other pods than its own.";
        if (workload.IsService && workload.Pod.TopologySpreadConstraints is not { Count: 2 })
            yield return $"{workload} is not spread over zones and nodes.";
    }

    private static IEnumerable<string> ServiceFaults(V1Service service, Manifests manifests)
    {
        var (name, space) = (service.Metadata.Name, service.Metadata.NamespaceProperty);
        var selected = manifests
            .Workloads.Where(workload => workload.Namespace == space && Selection.Matches(service.Spec.Selector, workload.Labels))
            .ToList();
        if (selected.Count != 1)
            yield return $"Service {name} leads to {selected.Count} workloads.";
        foreach (var port in service.Spec.Ports.Where(port => selected.Any(workload => !workload.HasPort(port.TargetPort))))
            yield return $"Service {name} leads to port {port.TargetPort.Value}, which its pods do not have.";
    }

    private static IEnumerable<string> MonitorFaults(PodMonitor monitor, Manifests manifests)
    {
        var selected = manifests
            .Workloads.Where(workload =>
                workload.Namespace == monitor.Metadata.NamespaceProperty && workload.IsSelectedBy(monitor.Spec.Selector)
            )
            .ToList();
        if (selected.Count != 1)
            yield return $"PodMonitor {monitor.Metadata.Name} selects {selected.Count} workloads.";
        foreach (var endpoint in monitor.Spec.PodMetricsEndpoints)
        {
            if (endpoint.Path != "/metrics")
                yield return $"PodMonitor {monitor.Metadata.Name} asks for {endpoint.Path}.";
            foreach (var workload in selected.Where(workload => endpoint.Port != MetricsPortOf(workload)))
                yield return $"PodMonitor {monitor.Metadata.Name} asks at {endpoint.Port}, where {workload.Name} has no metrics.";
        }
    }

    private static IEnumerable<string> Unmonitored(Manifests manifests) =>
        manifests.All<PrometheusRule>().Any()
            ? manifests
                .Services.Where(workload =>
                    !manifests
                        .All<PodMonitor>()
                        .Any(monitor =>
                            monitor.Metadata.NamespaceProperty == workload.Namespace && workload.IsSelectedBy(monitor.Spec.Selector)
                        )
                )
                .Select(workload => $"No PodMonitor scrapes {workload}.")
            : [];

    // A gateway keeps its metrics from those who call it.
    private static string MetricsPortOf(Workload workload) => workload.Name == "gateway" ? "management" : "http";
}
