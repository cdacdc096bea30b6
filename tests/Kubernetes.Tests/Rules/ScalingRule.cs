using System.Reflection;
using System.Text.RegularExpressions;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Objects;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Runners scale on the queues that the code has, by the number of executions that one takes, and never lose what runs.</summary>
internal static class ScalingRule
{
    private static readonly string CommandQueue = (string)
        typeof(GatewayOptions)
            .Assembly.GetType("CodeInterpreter.Gateway.Executions.Messaging.BusExecutionQueue", throwOnError: true)!
            .GetField("CommandQueue", BindingFlags.NonPublic | BindingFlags.Static)!
            .GetRawConstantValue()!;

    private static readonly string[] OtherQueues =
    [
        "execute-code-lost",
        "execute-code-keeper-1",
        "execute-code-cancel-1",
        "execute-code_error",
        "execution-events",
        "failed-messages",
    ];

    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests
            .All<ScaledObject>()
            .SelectMany(item => Faults(item, manifests))
            .Concat(AutoscalerFaults(manifests))
            .Concat(NumbersAsText(manifests));

    private static IEnumerable<string> Faults(ScaledObject item, Manifests manifests)
    {
        var target = manifests.Services.SingleOrDefault(workload =>
            workload.Namespace == item.Metadata.NamespaceProperty && workload.Name == item.Spec.ScaleTargetRef.Name
        );
        if (target is null)
            yield return $"ScaledObject {item.Metadata.Name} scales nothing that is there.";
        else if (target.Replicas is not null)
            yield return $"{target} is set to {target.Replicas} replicas at each apply, whatever KEDA says.";
        if (item.Spec.MinReplicaCount is null or < 1)
            yield return "KEDA stops the last runner; executions do not wait long enough for another one.";
        if (item.Spec.MaxReplicaCount is not { } most || most < item.Spec.MinReplicaCount)
            yield return "KEDA does not say how many runners there may be.";
        if (item.Spec.Fallback?.Behavior != "currentReplicasIfHigher")
            yield return "KEDA stops runners when the broker does not answer.";
        if (item.Spec.Advanced?.HorizontalPodAutoscalerConfig?.Behavior?.ScaleDown?.StabilizationWindowSeconds is null or < 60)
            yield return "KEDA stops runners as soon as the queue is short.";
        if (item.Spec.Triggers is not [{ Type: "rabbitmq" }])
            yield return "Runners scale on something else than the queue.";

        foreach (var fault in item.Spec.Triggers.SelectMany(trigger => TriggerFaults(trigger, manifests)))
            yield return fault;
    }

    private static IEnumerable<string> TriggerFaults(ScaleTrigger trigger, Manifests manifests)
    {
        var metadata = trigger.Metadata;
        if (metadata.GetValueOrDefault("protocol") != "http" || metadata.GetValueOrDefault("excludeUnacknowledged") == "true")
            yield return "KEDA does not see what runs.";
        if (metadata.GetValueOrDefault("mode") != "QueueLength")
            yield return "KEDA does not count messages.";
        if (metadata.GetValueOrDefault("value") != $"{manifests.Slots}")
            yield return $"KEDA's target is {metadata.GetValueOrDefault("value")}, a runner has {manifests.Slots} slots.";
        if (metadata.GetValueOrDefault("useRegex") != "true" || metadata.GetValueOrDefault("operation") != "sum")
            yield return "KEDA does not add up the queues.";

        var name = metadata.GetValueOrDefault("queueName", "");
        foreach (var queue in new[] { CommandQueue, DeferredExecutions.Queue }.Where(queue => !Regex.IsMatch(queue, name)))
            yield return $"KEDA does not count the queue {queue}.";
        foreach (var queue in OtherQueues.Where(queue => Regex.IsMatch(queue, name)))
            yield return $"KEDA counts the queue {queue}.";

        var authentication = manifests
            .All<TriggerAuthentication>()
            .SingleOrDefault(item => item.Metadata.Name == trigger.AuthenticationRef?.Name);
        if (
            authentication?.Spec.SecretTargetRef.Select(target => target.Parameter).Order().SequenceEqual(["host", "password", "username"])
            != true
        )
            yield return "KEDA cannot sign in at the broker.";
    }

    private static IEnumerable<string> AutoscalerFaults(Manifests manifests)
    {
        foreach (var scaler in manifests.All<V2HorizontalPodAutoscaler>())
        {
            var target = manifests.Services.SingleOrDefault(workload =>
                workload.Namespace == scaler.Metadata.NamespaceProperty && workload.Name == scaler.Spec.ScaleTargetRef.Name
            );
            if (target is null)
                yield return $"HorizontalPodAutoscaler {scaler.Metadata.Name} scales nothing that is there.";
            else if (target.Replicas is not null)
                yield return $"{target} is set to {target.Replicas} replicas at each apply, whatever its autoscaler says.";
        }
    }

    // KEDA accepts strings only; applying a number without quotes fails.
    private static IEnumerable<string> NumbersAsText(Manifests manifests)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(manifests.Text));
        var documents = stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>();
        return documents
            .Where(document => Is(document, "kind", "ScaledObject"))
            .SelectMany(document => (YamlSequenceNode)document["spec"]["triggers"])
            .SelectMany(trigger => (YamlMappingNode)trigger["metadata"])
            .Where(entry => entry.Value is YamlScalarNode { Style: ScalarStyle.Plain } value && IsNoText(value.Value!))
            .Select(entry => $"KEDA accepts strings only, and {entry.Key} is {entry.Value}.");
    }

    private static bool Is(YamlMappingNode node, string name, string value) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var found) && found is YamlScalarNode scalar && scalar.Value == value;

    private static bool IsNoText(string value) => double.TryParse(value, out _) || value is "true" or "false" or "null";
}
