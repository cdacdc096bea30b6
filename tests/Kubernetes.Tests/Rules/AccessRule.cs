using CodeInterpreter.Kubernetes.Tests.Building;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Only runners that report their deletion cost get a token of the cluster, with the right to patch the status of pods.</summary>
internal static class AccessRule
{
    public static IEnumerable<string> Faults(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var needsToken = workload.Name == "runner" && manifests.Setting("runner", "Runner__PodDeletionCost") == "true";
            if (!needsToken && workload.Pod.AutomountServiceAccountToken != false)
                yield return $"{workload} gets a token of the cluster.";
            if (needsToken && workload.Pod.AutomountServiceAccountToken != true)
                yield return $"{workload} reports its deletion cost and has no token.";
            if (needsToken && !RolesOf(workload, manifests).Any())
                yield return $"{workload} reports its deletion cost without the right to.";
        }

        foreach (var rule in manifests.All<V1Role>().SelectMany(role => role.Rules))
        {
            if (
                !rule.ApiGroups.SequenceEqual([""])
                || !rule.Resources.SequenceEqual(["pods/status"])
                || !rule.Verbs.SequenceEqual(["patch"])
            )
            {
                var allowed = $"{string.Join(' ', rule.Verbs)} {string.Join(' ', rule.Resources)}";
                yield return $"A role allows more than to patch pods/status: " + $"{allowed}.";
            }
        }

        if (manifests.All<V1ClusterRole>().Any() || manifests.All<V1ClusterRoleBinding>().Any())
            yield return "An account has rights in the whole cluster.";
    }

    private static IEnumerable<V1Role> RolesOf(Workload workload, Manifests manifests) =>
        from binding in manifests.All<V1RoleBinding>()
        where binding.Metadata.NamespaceProperty == workload.Namespace
        where
            binding.Subjects.Any(subject =>
                subject.Kind == "ServiceAccount"
                && subject.Name == workload.Pod.ServiceAccountName
                && subject.NamespaceProperty == workload.Namespace
            )
        from role in manifests.All<V1Role>()
        where role.Metadata.NamespaceProperty == workload.Namespace && role.Metadata.Name == binding.RoleRef.Name
        select role;
}
