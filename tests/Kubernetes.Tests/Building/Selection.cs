using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Building;

/// <summary>What selectors select. Expressions are not used in the manifests, so they match nothing here.</summary>
internal static class Selection
{
    public static bool Matches(V1LabelSelector? selector, IDictionary<string, string>? labels) =>
        selector is not null && selector.MatchExpressions is not { Count: > 0 } && Matches(selector.MatchLabels, labels);

    public static bool Matches(IDictionary<string, string>? wanted, IDictionary<string, string>? labels) =>
        (wanted ?? new Dictionary<string, string>()).All(label =>
            labels is not null && labels.TryGetValue(label.Key, out var value) && value == label.Value
        );
}
