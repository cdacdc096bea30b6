using CodeInterpreter.Kubernetes.Tests.Building;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Liveness asks the process alone; readiness asks what it needs; a slow start is no reason to end it.</summary>
internal static class ProbeRule
{
    private const int SlowStartSeconds = 60;

    // Readiness of a gateway writes to the database; the images' own health check waits as long.
    private const int ReadinessSeconds = 6;

    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests.Workloads.SelectMany(workload =>
            workload.LastingContainers.SelectMany(container =>
                FaultsOf(container)
                    .Concat(workload.IsService && container.Name == workload.Name ? ServiceFaults(container) : [])
                    .Select(fault => $"{workload}: container {container.Name} {fault}")
            )
        );

    private static IEnumerable<string> FaultsOf(V1Container container)
    {
        if (container.LivenessProbe is null)
            yield return "has no liveness probe.";
        if (container.ReadinessProbe is null && container.RestartPolicy is null)
            yield return "has no readiness probe.";
        if (container.StartupProbe is not { } startup)
            yield return "has no startup probe.";
        else if ((startup.PeriodSeconds ?? 10) * (startup.FailureThreshold ?? 3) < SlowStartSeconds)
            yield return $"is killed while it starts, before {SlowStartSeconds} s.";

        foreach (var probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe })
        {
            var port = probe?.HttpGet?.Port ?? probe?.TcpSocket?.Port;
            if (port is not null && (container.Ports ?? []).All(item => item.Name != port.Value))
                yield return $"is probed at {port.Value}, where it does not listen.";
        }
    }

    private static IEnumerable<string> ServiceFaults(V1Container container)
    {
        foreach (
            var (probe, kind, path) in new[]
            {
                (container.StartupProbe, "startup", "/health/live"),
                (container.LivenessProbe, "liveness", "/health/live"),
                (container.ReadinessProbe, "readiness", "/health/ready"),
            }
        )
        {
            if (probe?.HttpGet is not { Port.Value: "http" } get || get.Path != path)
                yield return $"has no {kind} probe for {path}.";
        }

        if (container.ReadinessProbe?.TimeoutSeconds is null or < ReadinessSeconds)
            yield return $"has less than {ReadinessSeconds} s to say that it is ready.";
    }
}
