using CodeInterpreter.Kubernetes.Tests.Building;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Which pods reach which, as a network that enforces the policies has it. Blocks of addresses are for what is outside.</summary>
internal sealed class NetworkReach(Manifests manifests)
{
    private const string NameOfNamespace = "kubernetes.io/metadata.name";

    public bool Allows(Workload from, Workload to, int port) => Leaves(from, to, port) && Enters(from, to, port);

    private bool Leaves(Workload from, Workload to, int port)
    {
        var policies = PoliciesFor(from, "Egress");
        return policies.Count == 0
            || policies.Any(policy => (policy.Spec.Egress ?? []).Any(rule => HasPort(rule.Ports, port) && HasPeer(rule.To, to, policy)));
    }

    private bool Enters(Workload from, Workload to, int port)
    {
        var policies = PoliciesFor(to, "Ingress");
        return policies.Count == 0
            || policies.Any(policy =>
                (policy.Spec.Ingress ?? []).Any(rule => HasPort(rule.Ports, port) && HasPeer(rule.FromProperty, from, policy))
            );
    }

    private List<V1NetworkPolicy> PoliciesFor(Workload workload, string direction) =>
        [
            .. manifests
                .All<V1NetworkPolicy>()
                .Where(policy =>
                    policy.Metadata.NamespaceProperty == workload.Namespace
                    && workload.IsSelectedBy(policy.Spec.PodSelector)
                    && (policy.Spec.PolicyTypes ?? ["Ingress"]).Contains(direction)
                ),
        ];

    private static bool HasPort(IList<V1NetworkPolicyPort>? ports, int port) =>
        ports is not { Count: > 0 } || ports.Any(open => open.Port?.Value == $"{port}" && open.Protocol is null or "TCP");

    private bool HasPeer(IList<V1NetworkPolicyPeer>? peers, Workload workload, V1NetworkPolicy policy) =>
        peers is not { Count: > 0 } || peers.Any(peer => peer.IpBlock is null && IsPeer(peer, workload, policy));

    private bool IsPeer(V1NetworkPolicyPeer peer, Workload workload, V1NetworkPolicy policy) =>
        (peer.PodSelector is null || workload.IsSelectedBy(peer.PodSelector))
        && (
            peer.NamespaceSelector is null
                ? workload.Namespace == policy.Metadata.NamespaceProperty
                : Selection.Matches(peer.NamespaceSelector, LabelsOf(workload.Namespace))
        );

    private Dictionary<string, string> LabelsOf(string @namespace) =>
        new(
            manifests.All<V1Namespace>().Single(item => item.Metadata.Name == @namespace).Metadata.Labels
                ?? new Dictionary<string, string>()
        )
        {
            [NameOfNamespace] = @namespace,
        };
}
