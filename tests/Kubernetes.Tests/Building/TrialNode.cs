using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Building;

/// <summary>The node that <c>docs/kubernetes.md</c> asks for to try everything on.</summary>
internal static class TrialNode
{
    private const decimal Gibibyte = 1L << 30;

    /// <summary>What the pods request together, in processors and GiB, with those that a rollout of every Deployment adds.</summary>
    public static (decimal Processors, decimal Memory) Needed(Manifests manifests)
    {
        var pods = manifests.Workloads.ToDictionary(workload => workload, PodsDuringRollout);
        return (Sum("cpu"), Sum("memory") / Gibibyte);

        decimal Sum(string resource) => pods.Sum(item => item.Value * RequestOf(item.Key, resource));
    }

    /// <summary>The number in the first sentence of that page that matches.</summary>
    public static decimal Asked(string pattern) =>
        decimal.Parse(Regex.Match(Repository.Read("docs/kubernetes.md"), pattern).Groups[1].Value, CultureInfo.InvariantCulture);

    private static decimal PodsDuringRollout(Workload workload)
    {
        var replicas = workload.Replicas ?? 1;
        if (workload.Object is not V1Deployment { Spec.Strategy: var strategy } || strategy?.Type == "Recreate")
            return replicas;
        var surge = strategy?.RollingUpdate?.MaxSurge?.Value ?? "25%";
        return surge.EndsWith('%')
            ? replicas + Math.Ceiling(replicas * decimal.Parse(surge.TrimEnd('%'), CultureInfo.InvariantCulture) / 100)
            : replicas + decimal.Parse(surge, CultureInfo.InvariantCulture);
    }

    // Containers that prepare a pod run before its main ones, beside its sidecars.
    private static decimal RequestOf(Workload workload, string resource)
    {
        var lasting = workload.LastingContainers.ToList();
        var sidecars = lasting.Except(workload.Pod.Containers).Sum(RequestOf);
        var preparing = workload.Containers.Except(lasting).Select(RequestOf).DefaultIfEmpty().Max();
        return Math.Max(lasting.Sum(RequestOf), sidecars + preparing);

        decimal RequestOf(V1Container container) => container.Resources.Requests[resource].ToDecimal();
    }
}
