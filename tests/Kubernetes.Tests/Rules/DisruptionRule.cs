using CodeInterpreter.Kubernetes.Tests.Building;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Drains neither take the last replica nor wait for ever; rollouts keep what is called.</summary>
internal static class DisruptionRule
{
    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests
            .All<V1PodDisruptionBudget>()
            .SelectMany(budget => BudgetFaults(budget, manifests))
            .Concat(manifests.Services.SelectMany(workload => ServiceFaults(workload, manifests)));

    private static IEnumerable<string> BudgetFaults(V1PodDisruptionBudget budget, Manifests manifests)
    {
        var name = budget.Metadata.Name;
        var selected = manifests
            .Workloads.Where(workload =>
                workload.Namespace == budget.Metadata.NamespaceProperty && workload.IsSelectedBy(budget.Spec.Selector)
            )
            .ToList();
        if (selected.Count != 1)
            yield return $"PodDisruptionBudget {name} is for {selected.Count} workloads.";
        if (budget.Spec.UnhealthyPodEvictionPolicy != "AlwaysAllow")
            yield return $"PodDisruptionBudget {name} keeps pods that are not well.";
        if (
            int.TryParse(budget.Spec.MinAvailable?.Value, out var least)
            && selected.Any(workload => ReplicasOf(workload, manifests) <= least)
        )
            yield return $"PodDisruptionBudget {name} blocks every drain.";
    }

    private static IEnumerable<string> ServiceFaults(Workload workload, Manifests manifests)
    {
        var budgets = manifests
            .All<V1PodDisruptionBudget>()
            .Where(budget => budget.Metadata.NamespaceProperty == workload.Namespace && workload.IsSelectedBy(budget.Spec.Selector));
        if (ReplicasOf(workload, manifests) > 1 && !budgets.Any())
            yield return $"A drain may take all pods of {workload}.";
        if (
            workload.Object is V1Deployment { Spec.Strategy: var strategy }
            && SelectorRule.ServicesOf(workload, manifests).Any()
            && strategy?.Type != "Recreate"
            && strategy?.RollingUpdate?.MaxUnavailable?.Value != "0"
        )
            yield return $"A rollout takes pods of {workload} before others are there.";
        if (
            workload.Pod.Volumes?.Any(volume => volume.PersistentVolumeClaim is not null) == true
            && workload.Object is V1Deployment { Spec: not { Replicas: 1, Strategy.Type: "Recreate" } }
        )
            yield return $"Pods of {workload} need one volume at the same time.";
    }

    private static int ReplicasOf(Workload workload, Manifests manifests) =>
        workload.Replicas
        ?? manifests
            .All<V2HorizontalPodAutoscaler>()
            .FirstOrDefault(scaler => scaler.Spec.ScaleTargetRef.Name == workload.Name)
            ?.Spec.MinReplicas
        ?? 1;
}
