using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.ServiceDefaults.Hosting;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>A pod has the time that its service takes to stop, and callers leave it before it stops listening.</summary>
internal static class GraceRule
{
    private const long LeastWaitSeconds = 5;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public static IEnumerable<string> Faults(Manifests manifests)
    {
        foreach (var workload in manifests.Services)
        {
            var wait = workload.Main.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0;
            var needed = ShutdownTimeouts.Host + TimeSpan.FromSeconds(wait) + Margin;
            if (workload.Pod.TerminationGracePeriodSeconds is not { } grace || grace < needed.TotalSeconds)
                yield return $"{workload} has less than {needed.TotalSeconds} s to stop.";
            if (wait < LeastWaitSeconds && IsCalled(workload, manifests))
                yield return $"{workload} stops listening while others still call it.";
        }
    }

    private static bool IsCalled(Workload workload, Manifests manifests) => SelectorRule.ServicesOf(workload, manifests).Any();
}
