using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Runner.Sandboxes;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>
/// Memory that is asked for is what there may be, as much as was measured, and enough for the sandboxes where the engine is beside.
/// </summary>
internal static class ResourceRule
{
    private const long EngineBytes = 1L << 30;
    private static readonly Lazy<IReadOnlyDictionary<string, string>> ComposeMemory = new(ReadCompose);

    public static IEnumerable<string> Faults(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            foreach (var container in workload.Containers)
            {
                var (requests, limits) = (container.Resources?.Requests, container.Resources?.Limits);
                if (requests?.ContainsKey("cpu") != true)
                    yield return $"{workload}: container {container.Name} requests no processor.";
                if (requests?.ContainsKey("memory") != true)
                    yield return $"{workload}: container {container.Name} requests no memory.";
                if (limits?.ContainsKey("memory") != true)
                    yield return $"{workload}: container {container.Name} has no limit of memory.";
                else if (IsLasting(workload, container) && MemoryOf(requests) != MemoryOf(limits))
                    yield return $"{workload}: container {container.Name} requests another amount of memory than it may have.";
            }

            if (workload.IsService && MemoryOf(workload.Main.Resources?.Limits) is var memory && memory != MeasuredFor(workload.Name))
                yield return $"{workload} has {memory} bytes of memory, compose.yaml {MeasuredFor(workload.Name)}.";
        }

        foreach (var engine in manifests.Service("runner").Containers.Where(container => container.Name == "engine"))
        {
            var needed = (manifests.Slots * new SandboxOptions().MemoryBytes) + EngineBytes;
            if (MemoryOf(engine.Resources?.Limits) < needed)
                yield return $"The engine has less memory than {manifests.Slots} slots and itself: {needed} bytes.";
        }
    }

    private static bool IsLasting(Workload workload, V1Container container) => workload.LastingContainers.Contains(container);

    private static decimal MemoryOf(IDictionary<string, ResourceQuantity>? resources) =>
        resources is not null && resources.TryGetValue("memory", out var quantity) ? quantity.ToDecimal() : 0;

    private static decimal MeasuredFor(string service) =>
        new ResourceQuantity(ComposeMemory.Value[service].Replace("m", "Mi", StringComparison.Ordinal)).ToDecimal();

    private static Dictionary<string, string> ReadCompose()
    {
        var parser = new MergingParser(new Parser(new StringReader(Repository.Read("compose.yaml"))));
        var compose = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        return ((Dictionary<object, object>)compose["services"]).ToDictionary(
            service => (string)service.Key,
            service => (string)((Dictionary<object, object>)service.Value)["mem_limit"]
        );
    }
}
