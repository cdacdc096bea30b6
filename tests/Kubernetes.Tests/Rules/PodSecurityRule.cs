using CodeInterpreter.Kubernetes.Tests.Building;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>
/// The profile `restricted` of the pod security standards, in every namespace but that of runners that have an engine beside them.
/// </summary>
internal static class PodSecurityRule
{
    private const string Label = "pod-security.kubernetes.io/";
    private static readonly string[] Modes = ["enforce", "audit", "warn"];
    private static readonly string[] PathsOfNodes = ["/var/run/docker.sock", "/var/lib/code-interpreter"];

    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests
            .All<V1Namespace>()
            .SelectMany(item => FaultsOf(item, manifests))
            .Concat(manifests.Workloads.SelectMany(FaultsOf))
            .Concat(manifests.Workloads.SelectMany(workload => AccountFaults(workload, manifests)));

    private static IEnumerable<string> FaultsOf(V1Namespace item, Manifests manifests)
    {
        var pods = manifests.Workloads.Where(workload => workload.Namespace == item.Metadata.Name).ToList();
        var level = pods.Any(NeedsPrivileges) ? "privileged" : "restricted";
        if (level == "privileged" && pods.Any(workload => workload.Name != "runner"))
            yield return $"Namespace {item.Metadata.Name} has a privileged pod beside others.";
        foreach (var mode in Modes)
        {
            if (item.Metadata.Labels?[Label + mode] is var found && found != level)
                yield return $"Namespace {item.Metadata.Name}: {mode} is {found}, not {level}.";
        }
    }

    private static bool NeedsPrivileges(Workload workload) =>
        (workload.Pod.Volumes ?? []).Any(volume => volume.HostPath is not null)
        || workload.Containers.Any(container => container.SecurityContext?.Privileged == true);

    private static IEnumerable<string> FaultsOf(Workload workload)
    {
        var pod = workload.Pod;
        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true)
            yield return $"{workload} shares something with its node.";
        if (pod.SecurityContext?.RunAsNonRoot != true)
            yield return $"{workload} may run as root.";
        if (pod.SecurityContext?.RunAsUser is null or 0)
            yield return $"{workload} does not say as which user it runs.";
        if (pod.SecurityContext?.SeccompProfile?.Type != "RuntimeDefault")
            yield return $"{workload} has no seccomp profile.";
        foreach (var volume in pod.Volumes ?? [])
        {
            var mayHave = volume.HostPath is { } path
                ? PathsOfNodes.Contains(path.Path) && workload.Name == "runner"
                : (volume.ConfigMap ?? volume.EmptyDir ?? volume.PersistentVolumeClaim ?? volume.Secret ?? (object?)volume.Projected)
                    is not null;
            if (!mayHave)
                yield return $"{workload}: volume {volume.Name} is of a kind that the profile refuses.";
        }

        foreach (var fault in workload.Containers.SelectMany(container => FaultsOf(container, workload.IsService)))
            yield return $"{workload}: container {fault}";
    }

    private static IEnumerable<string> FaultsOf(V1Container container, bool isService)
    {
        var context = container.SecurityContext ?? new V1SecurityContext();
        if (context.Privileged == true)
        {
            // The engine in a runner's pod, and nothing else.
            if (container.Name != "engine" || container.RestartPolicy != "Always")
                yield return $"{container.Name} is privileged.";
            yield break;
        }

        if (context.AllowPrivilegeEscalation != false)
            yield return $"{container.Name} may gain privileges.";
        if (context.Capabilities?.Drop?.SequenceEqual(["ALL"]) != true)
            yield return $"{container.Name} keeps capabilities.";
        if (context.Capabilities?.Add is { Count: > 0 })
            yield return $"{container.Name} adds capabilities.";
        if (context.RunAsNonRoot == false || context.RunAsUser == 0)
            yield return $"{container.Name} runs as root.";
        if (isService && context.ReadOnlyRootFilesystem != true)
            yield return $"{container.Name} can write to its image.";
        if ((container.Ports ?? []).Any(port => port.HostPort is not null))
            yield return $"{container.Name} has a port of its node.";
    }

    private static IEnumerable<string> AccountFaults(Workload workload, Manifests manifests)
    {
        var account = manifests
            .All<V1ServiceAccount>()
            .SingleOrDefault(item =>
                item.Metadata.NamespaceProperty == workload.Namespace && item.Metadata.Name == workload.Pod.ServiceAccountName
            );
        if (account is null)
            yield return $"{workload} has no service account of its own.";
        else if (account.AutomountServiceAccountToken != false)
            yield return $"{workload}: its service account hands out tokens.";
        if (workload.Pod.EnableServiceLinks != false)
            yield return $"{workload} gets variables for every Service.";
        if (!manifests.All<V1Namespace>().Any(item => item.Metadata.Name == workload.Namespace))
            yield return $"{workload} is in a namespace that is not there.";
    }
}
