using CodeInterpreter.Kubernetes.Tests.Building;
using YamlDotNet.Core;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Everything that manifests have to keep to.</summary>
internal static class ManifestRules
{
    private static readonly Func<Manifests, IEnumerable<string>>[] All =
    [
        PodSecurityRule.Faults,
        AccessRule.Faults,
        ProbeRule.Faults,
        GraceRule.Faults,
        ResourceRule.Faults,
        SelectorRule.Faults,
        DisruptionRule.Faults,
        PortRule.Faults,
        SecretRule.Faults,
        SettingsRule.Faults,
        ScalingRule.Faults,
        NetworkRule.Faults,
        TlsRule.Faults,
    ];

    /// <summary>What is wrong with them, a sentence for each fault; nothing where all is well.</summary>
    public static IReadOnlyList<string> FaultsIn(string yaml)
    {
        try
        {
            var manifests = Manifests.Parse(yaml);
            return [.. All.SelectMany(rule => rule(manifests))];
        }
        catch (YamlException exception)
        {
            return [$"It cannot be read: {exception.InnerException?.Message ?? exception.Message}"];
        }
    }
}
