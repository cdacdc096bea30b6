using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Objects;
using k8s;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>
/// Every key that pods read is listed in k8s/secrets.example.yaml, every ConfigMap and claim is there, and no secret is applied.
/// </summary>
internal static class SecretRule
{
    private static readonly Lazy<IReadOnlySet<SecretKeyName>> Example = new(() =>
        KeysIn(Repository.Read("k8s/secrets.example.yaml")).ToHashSet()
    );

    public static IReadOnlySet<SecretKeyName> Listed => Example.Value;

    public static IEnumerable<string> Faults(Manifests manifests) =>
        UsedBy(manifests)
            .Where(key => !Listed.Contains(key))
            .Select(key => $"secrets.example.yaml lacks {key}.")
            .Concat(manifests.All<V1Secret>().Select(secret => $"Secret {secret.Metadata.Name} is in the manifests."))
            .Concat(manifests.Workloads.SelectMany(workload => ReferenceFaults(workload, manifests)));

    /// <summary>Keys of the Secrets in a file.</summary>
    public static IEnumerable<SecretKeyName> KeysIn(string yaml) =>
        KubernetesYaml
            .LoadAllFromString(yaml, strict: true)
            .OfType<V1Secret>()
            .SelectMany(secret =>
                secret.StringData.Keys.Select(key => new SecretKeyName(secret.Metadata.NamespaceProperty, secret.Metadata.Name, key))
            );

    /// <summary>Keys that pods and KEDA read.</summary>
    public static IEnumerable<SecretKeyName> UsedBy(Manifests manifests) =>
        manifests
            .Workloads.SelectMany(UsedBy)
            .Concat(
                manifests
                    .All<TriggerAuthentication>()
                    .SelectMany(item =>
                        item.Spec.SecretTargetRef.Select(target => new SecretKeyName(
                            item.Metadata.NamespaceProperty,
                            target.Name,
                            target.Key
                        ))
                    )
            );

    /// <summary>Those without which pods do not start.</summary>
    public static IEnumerable<SecretKeyName> NeededBy(Manifests manifests) =>
        UsedBy(manifests).Except(manifests.Workloads.SelectMany(workload => VariablesOf(workload, isOptional: true)));

    /// <summary>The files that a container finds its secrets in.</summary>
    public static IEnumerable<string> FilesOf(Workload workload, V1Container container) =>
        from volume in workload.Pod.Volumes ?? []
        where volume.Secret is not null
        from mount in container.VolumeMounts ?? []
        where mount.Name == volume.Name
        from item in volume.Secret.Items ?? []
        select $"{mount.MountPath}/{item.Path}";

    private static IEnumerable<SecretKeyName> UsedBy(Workload workload)
    {
        foreach (var variable in VariablesOf(workload, isOptional: false).Concat(VariablesOf(workload, isOptional: true)))
            yield return variable;
        foreach (var secret in (workload.Pod.Volumes ?? []).Select(volume => volume.Secret).OfType<V1SecretVolumeSource>())
        {
            foreach (var item in secret.Items ?? [])
                yield return new SecretKeyName(workload.Namespace, secret.SecretName, item.Key);
        }
    }

    private static IEnumerable<SecretKeyName> VariablesOf(Workload workload, bool isOptional) =>
        workload
            .Containers.SelectMany(container => container.Env ?? [])
            .Select(variable => variable.ValueFrom?.SecretKeyRef)
            .OfType<V1SecretKeySelector>()
            .Where(reference => reference.Optional is true == isOptional)
            .Select(reference => new SecretKeyName(workload.Namespace, reference.Name, reference.Key));

    private static IEnumerable<string> ReferenceFaults(Workload workload, Manifests manifests)
    {
        if (
            workload.Containers.SelectMany(container => container.EnvFrom ?? []).Any(source => source.SecretRef is not null)
            || (workload.Pod.Volumes ?? []).Any(volume => volume.Secret is { Items: not { Count: > 0 } })
        )
            yield return $"{workload} takes a secret with all of its keys.";
        var maps = workload
            .Containers.SelectMany(container => container.EnvFrom ?? [])
            .Select(source => source.ConfigMapRef?.Name)
            .Concat(
                workload
                    .Containers.SelectMany(container => container.Env ?? [])
                    .Select(variable => variable.ValueFrom?.ConfigMapKeyRef?.Name)
            )
            .Concat((workload.Pod.Volumes ?? []).Select(volume => volume.ConfigMap?.Name));
        foreach (var map in maps.OfType<string>().Where(map => manifests.ConfigMap(workload.Namespace, map) is null))
            yield return $"{workload} needs the ConfigMap {map}.";
        foreach (var claim in (workload.Pod.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>())
        {
            if (
                !manifests
                    .All<V1PersistentVolumeClaim>()
                    .Any(item => item.Metadata.Name == claim && item.Metadata.NamespaceProperty == workload.Namespace)
            )
                yield return $"{workload} needs the volume {claim}.";
        }

        foreach (var container in workload.Containers)
        {
            var volumes = (workload.Pod.Volumes ?? [])
                .Select(volume => volume.Name)
                .Concat(
                    workload.Object is V1StatefulSet set ? (set.Spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name) : []
                );
            foreach (var mount in (container.VolumeMounts ?? []).Where(mount => !volumes.Contains(mount.Name)))
                yield return $"{workload}: container {container.Name} mounts {mount.Name}, which is not there.";
        }
    }
}
