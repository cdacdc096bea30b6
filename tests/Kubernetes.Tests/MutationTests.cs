using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Rules;

namespace CodeInterpreter.Kubernetes.Tests;

/// <summary>each of these mistakes is found before it is applied.</summary>
public sealed class MutationTests
{
    private const string Production = "overlays/production";
    private const string Trial = "overlays/try";
    private const string FromRoutes =
        "  - from:\n    - namespaceSelector:\n        matchLabels:\n          code-interpreter/ingress: \"true\"\n"
        + "    ports:\n    - port: 8080";

    private static readonly Mutation[] Wrong =
    [
        new(Production, "Deployment gateway", "terminationGracePeriodSeconds:", "terminationGraceSeconds:", "terminationGraceSeconds"),
        new(
            Production,
            "Deployment runner",
            "terminationGracePeriodSeconds: 400",
            "terminationGracePeriodSeconds: 355",
            "less than 360 s to stop"
        ),
        new(Production, "Deployment gateway", "seconds: 10", "seconds: 45", "less than 405 s to stop"),
        new(Production, "Deployment file-store", "seconds: 10", "seconds: 1", "stops listening"),
        new(Production, "Deployment gateway", "runAsNonRoot: true", "runAsNonRoot: false", "may run as root"),
        new(
            Production,
            "Deployment file-store",
            "allowPrivilegeEscalation: false",
            "allowPrivilegeEscalation: true",
            "may gain privileges"
        ),
        new(Production, "Deployment runner", "drop:\n            - ALL", "drop:\n            - NET_RAW", "keeps capabilities"),
        new(Production, "Deployment runner", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "can write to its image"),
        new(Production, "Deployment runner", "type: RuntimeDefault", "type: Unconfined", "no seccomp profile"),
        new(Production, "Deployment gateway", "automountServiceAccountToken: false", "automountServiceAccountToken: true", "gets a token"),
        new(
            Production,
            "Deployment gateway",
            "emptyDir:\n          sizeLimit: 64Mi",
            "hostPath:\n          path: /",
            "kind that the profile refuses"
        ),
        new(Trial, "Deployment runner", "automountServiceAccountToken: true", "automountServiceAccountToken: false", "has no token"),
        new(Trial, "Role runner", "pods/status", "pods", "more than to patch pods/status"),
        new(Trial, "RoleBinding runner", "kind: ServiceAccount\n  name: runner", "kind: ServiceAccount\n  name: run", "without the right"),
        new(Production, "Namespace code-interpreter-runners", "enforce: restricted", "enforce: baseline", "enforce is baseline"),
        new(Trial, "Namespace code-interpreter-runners", "enforce: privileged", "enforce: restricted", "enforce is restricted"),
        new(Trial, "Deployment runner", "restartPolicy: Always", "tty: false", "is privileged"),
        new(Trial, "Deployment runner", "memory: 5Gi", "memory: 4Gi", "less memory than 4 slots"),
        new(Production, "Deployment gateway", "path: /health/live", "path: /health/ready", "liveness probe"),
        new(Production, "Deployment runner", "failureThreshold: 60", "failureThreshold: 3", "killed while it starts"),
        new(
            Production,
            "Deployment file-store",
            "path: /health/ready\n            port: http",
            "path: /health/ready\n            port: web",
            "does not listen"
        ),
        new(Production, "Deployment gateway", "memory: 768Mi", "memory: 256Mi", "compose.yaml"),
        new(Production, "Deployment runner", "            memory: 768Mi\n          requests", "          requests", "no limit of memory"),
        new(Production, "Service gateway", "app.kubernetes.io/name: gateway", "app.kubernetes.io/name: gate", "leads to 0 workloads"),
        new(Production, "Service file-store", "targetPort: grpc", "targetPort: http2", "which its pods do not have"),
        new(Production, "Service file-store", "port: 8081", "port: 8090", "where nobody listens"),
        new(Production, "Deployment gateway", "containerPort: 8081", "containerPort: 9090", "listens on 8081"),
        new(Production, "PodDisruptionBudget gateway", "minAvailable: 1", "minAvailable: 2", "blocks every drain"),
        new(Production, "PodDisruptionBudget runner", "app.kubernetes.io/name: runner", "app.kubernetes.io/name: run", "for 0 workloads"),
        new(Production, "Deployment gateway", "key: mongodb-url", "key: mongo-url", "gateway, key mongo-url"),
        new(Production, "Deployment file-store", "secretName: trust", "secretName: trusted", "trusted, key key"),
        new(Production, "Deployment runner", "mountPath: /run/secrets/engine", "mountPath: /run/secrets/engines", "lacks ca.pem"),
        new(
            Production,
            "Deployment gateway",
            "configMapRef:\n            name: gateway",
            "configMapRef:\n            name: gate",
            "needs the ConfigMap"
        ),
        new(Production, "ConfigMap gateway", "Gateway__Access__Mode: Required", "Gateway__Access__Mode: None", "need no key"),
        new(Production, "ConfigMap gateway", "Gateway__Access__Mode:", "Gateway__Acces__Mode:", "Gateway:Acces:Mode"),
        new(Production, "ConfigMap runner", "Runner__Slots: \"8\"", "Runner__Slots: \"0\"", "not a number of slots"),
        new(
            Production,
            "ConfigMap file-store",
            "FileStore__Blobs__Provider: S3",
            "FileStore__Blobs__Provider: Bucket",
            "FileStore:Blobs:Provider"
        ),
        new(Production, "ScaledObject runner", "value: \"8\"", "value: \"20\"", "target is 20"),
        new(Production, "ScaledObject runner", "value: \"8\"", "value: 8", "strings only"),
        new(Production, "ScaledObject runner", "protocol: http", "protocol: amqp", "does not see what runs"),
        new(
            Production,
            "ScaledObject runner",
            "queueName: ^execute-code(-deferred)?$",
            "queueName: ^execute-code$",
            "execute-code-deferred"
        ),
        new(Production, "ScaledObject runner", "queueName: ^execute-code(-deferred)?$", "queueName: execute-code", "execute-code-lost"),
        new(Production, "ScaledObject runner", "minReplicaCount: 1", "minReplicaCount: 0", "stops the last runner"),
        new(Production, "ScaledObject runner", "cooldownPeriod", "coolDownPeriod", "coolDownPeriod"),
        new(Production, "ScaledObject runner", "behavior: currentReplicasIfHigher", "behavior: static", "when the broker does not answer"),
        new(Production, "Deployment runner", "minReadySeconds: 10", "replicas: 2", "whatever KEDA says"),
        new(Production, "HTTPRoute http", "request: 0s", "request: 60s", "ends streams"),
        new(Production, "HTTPRoute grpc", "port: 8081", "port: 8080", "does not lead to that port"),
        new(Production, "Service gateway", "appProtocol: kubernetes.io/h2c", "protocol: TCP", "does not speak HTTP/2"),
        new(Production, "PodMonitor gateway", "port: management", "port: http", "has no metrics"),
        new(Production, "NetworkPolicy default", "  - Ingress\n", "", "open by default"),
        new(
            Production,
            "NetworkPolicy file-store",
            "kubernetes.io/metadata.name: code-interpreter-runners",
            "kubernetes.io/metadata.name: runners",
            "runner does not reach file-store"
        ),
        new(Production, "NetworkPolicy runner", "port: 2376", "port: 2375", "does not reach its engine"),
        new(Production, "NetworkPolicy gateway", "port: 8082", "port: 9464", "where its pods do not listen"),
        new(
            Trial,
            "NetworkPolicy mongodb",
            "app.kubernetes.io/name: file-store",
            "app.kubernetes.io/name: store",
            "file-store does not reach mongodb"
        ),
        new(Production, "NetworkPolicy gateway", FromRoutes, "  - ports:\n    - port: 8080", "lets everybody in"),
        new(
            Production,
            "ConfigMap runner",
            "Runner__FileStoreAddress: https://",
            "Runner__FileStoreAddress: http://",
            "runner and file-store do not both use TLS"
        ),
        new(
            Production,
            "ConfigMap file-store",
            "Kestrel__Endpoints__Grpc__Certificate__KeyPath: /run/secrets/certificate/tls.key",
            "Kestrel__Endpoints__Grpc__Certificate__KeyPath: /run/secrets/certificate/key.pem",
            "a file that is not there"
        ),
        new(
            Production,
            "Deployment gateway",
            "mountPath: /run/secrets/authority",
            "mountPath: /run/secrets/authorities",
            "a file that is not there"
        ),
        new(Trial, "Deployment file-store", "type: Recreate", "type: RollingUpdate", "need one volume at the same time"),
        new(Trial, "PersistentVolumeClaim files", "name: files", "name: file", "needs the volume files"),
    ];

    public static IEnumerable<TheoryDataRow<Mutation>> Mutations => Wrong.Select(mutation => new TheoryDataRow<Mutation>(mutation));

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Manifest_WithOneFault_IsFound(Mutation mutation) =>
        ManifestRules
            .FaultsIn(mutation.Apply(await Kustomize.BuildAsync(mutation.Overlay)))
            .ShouldContain(fault => fault.Contains(mutation.Says, StringComparison.Ordinal));
}
