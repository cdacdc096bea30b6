using CodeInterpreter.Kubernetes.Tests.Building;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>With network policies everything is closed but what the services need of each other, and that is open.</summary>
internal static class NetworkRule
{
    private static readonly (string From, string To, int Port)[] Open =
    [
        ("gateway", "file-store", 8081),
        ("runner", "file-store", 8081),
        ("gateway", "rabbitmq", 5672),
        ("runner", "rabbitmq", 5672),
        ("gateway", "mongodb", 27017),
        ("file-store", "mongodb", 27017),
    ];

    public static IEnumerable<string> Faults(Manifests manifests)
    {
        var policies = manifests.All<V1NetworkPolicy>().ToList();
        // One of its own for a server says nothing about the others.
        if (policies.Count == 0)
            return [];

        return manifests
            .Workloads.Select(workload => workload.Namespace)
            .Distinct()
            .Where(name => !policies.Any(policy => policy.Metadata.NamespaceProperty == name && IsDefault(policy)))
            .Select(name => $"Namespace {name} is open by default.")
            .Concat(policies.SelectMany(policy => PolicyFaults(policy, manifests)))
            .Concat(ConnectionFaults(manifests))
            .Concat(EngineFaults(manifests, policies))
            .Concat(ServerFaults(manifests, policies));
    }

    private static bool IsDefault(V1NetworkPolicy policy) =>
        policy.Spec.PodSelector.MatchLabels is null or { Count: 0 }
        && policy.Spec.Ingress is null or { Count: 0 }
        && policy.Spec.PolicyTypes?.Order().SequenceEqual(["Egress", "Ingress"]) == true;

    private static IEnumerable<string> PolicyFaults(V1NetworkPolicy policy, Manifests manifests)
    {
        var (name, space) = (policy.Metadata.Name, policy.Metadata.NamespaceProperty);
        var selected = manifests
            .Workloads.Where(workload => workload.Namespace == space && workload.IsSelectedBy(policy.Spec.PodSelector))
            .ToList();
        if (selected.Count == 0)
            yield return $"NetworkPolicy {name} is for no pods.";
        foreach (var rule in policy.Spec.Ingress ?? [])
        {
            if (rule.FromProperty is not { Count: > 0 })
                yield return $"NetworkPolicy {name} lets everybody in.";
            if (rule.Ports is not { Count: > 0 })
                yield return $"NetworkPolicy {name} opens every port.";
            foreach (var port in (rule.Ports ?? []).Where(port => selected.Any(workload => !workload.HasPort(port.Port))))
                yield return $"NetworkPolicy {name} opens {port.Port.Value}, where its pods do not listen.";
        }

        foreach (var rule in policy.Spec.Egress ?? [])
        {
            if (rule.To is not { Count: > 0 } || rule.Ports is not { Count: > 0 })
                yield return $"NetworkPolicy {name} lets its pods out to anywhere.";
        }
    }

    private static IEnumerable<string> ConnectionFaults(Manifests manifests)
    {
        var reach = new NetworkReach(manifests);
        foreach (var from in manifests.Workloads)
        {
            foreach (var to in manifests.Workloads.Where(to => to != from))
            {
                foreach (var port in to.Ports)
                {
                    var isMeant = Open.Contains((from.Name, to.Name, port));
                    if (isMeant && !reach.Allows(from, to, port))
                        yield return $"{from.Name} does not reach {to.Name} at {port}.";
                    if (!isMeant && reach.Allows(from, to, port))
                        yield return $"{from.Name} reaches {to.Name} at {port}.";
                }
            }
        }
    }

    private static IEnumerable<string> EngineFaults(Manifests manifests, List<V1NetworkPolicy> policies)
    {
        if (!Uri.TryCreate(manifests.Setting("runner", "DOCKER_HOST"), UriKind.Absolute, out var engine) || engine.Scheme != "tcp")
            yield break;
        var runner = manifests.Service("runner");
        if (
            !policies
                .Where(policy => policy.Metadata.NamespaceProperty == runner.Namespace && runner.IsSelectedBy(policy.Spec.PodSelector))
                .SelectMany(policy => policy.Spec.Egress ?? [])
                .Any(rule =>
                    rule.To?.Any(peer => peer.IpBlock is not null) == true && rule.Ports.Any(port => port.Port.Value == $"{engine.Port}")
                )
        )
            yield return "A runner does not reach its engine.";
    }

    // Broker and database are elsewhere, or here: the way to them is open in both cases.
    private static IEnumerable<string> ServerFaults(Manifests manifests, List<V1NetworkPolicy> policies)
    {
        foreach (var (from, _, port) in Open.Where(way => way.Port != 8081))
        {
            var workload = manifests.Service(from);
            if (
                !policies
                    .Where(policy =>
                        policy.Metadata.NamespaceProperty == workload.Namespace && workload.IsSelectedBy(policy.Spec.PodSelector)
                    )
                    .SelectMany(policy => policy.Spec.Egress ?? [])
                    .Any(rule => rule.Ports.Any(open => open.Port.Value == $"{port}"))
            )
                yield return $"{from} does not reach {port} anywhere.";
        }
    }
}
