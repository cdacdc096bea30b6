using System.Text.RegularExpressions;
using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Rules;

namespace CodeInterpreter.Kubernetes.Tests;

/// <summary>What <c>kubectl apply -k</c> would bring to a cluster.</summary>
public sealed class ManifestTests
{
    private static readonly string[] Overlays = ["overlays/try", "overlays/production"];

    [Theory]
    [InlineData("overlays/try")]
    [InlineData("overlays/production")]
    public async Task Overlay_HasNoFaults(string overlay) => ManifestRules.FaultsIn(await Kustomize.BuildAsync(overlay)).ShouldBeEmpty();

    [Theory]
    [InlineData("engine-remote")]
    [InlineData("engine-sidecar")]
    [InlineData("engine-socket")]
    [InlineData("engine-remote", "keda")]
    [InlineData("engine-remote", "network-policies")]
    [InlineData("engine-remote", "pod-deletion-cost")]
    [InlineData("engine-remote", "keda", "network-policies", "pod-deletion-cost")]
    [InlineData("engine-remote", "gvisor", "prometheus")]
    [InlineData("engine-remote", "tls")]
    [InlineData("engine-sidecar", "tls", "files-on-volume", "network-policies")]
    [InlineData("engine-sidecar", "keda", "files-on-volume", "network-policies", "prometheus")]
    [InlineData("engine-socket", "files-on-volume", "gvisor")]
    public async Task Base_WithComponents_HasNoFaults(params string[] components) =>
        ManifestRules.FaultsIn(await Kustomize.BuildWithAsync(components)).ShouldBeEmpty();

    [Fact]
    public async Task TryOverlay_DuringARollout_FitsOnTheNodeThatThePageAsksFor()
    {
        var (processors, memory) = TrialNode.Needed(Manifests.Parse(await Kustomize.BuildAsync("overlays/try")));

        processors.ShouldBeLessThanOrEqualTo(TrialNode.Asked(@"(\d+) processors"));
        memory.ShouldBeLessThanOrEqualTo(TrialNode.Asked(@"(\d+) GiB of free memory"));
    }

    // docker save --output writes a file that only its owner can read; the container that loads it runs as user 10001.
    [Fact]
    public void SandboxImageArchive_IsReadableByTheRunner() =>
        Repository.Read("docs/kubernetes.md").ShouldMatch("docker save code-interpreter/sandbox:dev > sandbox.tar");

    [Fact]
    public async Task SecretsExample_HasOnlyKeysThatAreRead()
    {
        var used = new HashSet<SecretKeyName>();
        foreach (var overlay in Overlays)
            used.UnionWith(SecretRule.UsedBy(Manifests.Parse(await Kustomize.BuildAsync(overlay))));

        SecretRule.Listed.Except(used).ShouldBeEmpty();
    }

    [Fact]
    public async Task SecretsOfTheTryOverlay_AreThoseItReads()
    {
        var needed = SecretRule
            .NeededBy(Manifests.Parse(await Kustomize.BuildAsync("overlays/try")))
            .Concat(SecretRule.UsedBy(Manifests.Parse(await Kustomize.BuildWithAsync("keda"))).Where(key => key.Secret == "keda"));

        SecretRule.KeysIn(await Script.RunAsync(".dev/k8s-secrets.sh")).ShouldBe(needed.Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void AccountsOfMongoDb_HaveTheCollectionsThatTheServicesUse()
    {
        var accounts = Repository.Read(".dev/mongodb-accounts.js");
        foreach (var (account, folder) in ((string, string)[])[("gateway", "Gateway"), ("\"file-store\"", "FileStore")])
        {
            var used = Directory
                .EnumerateFiles(Repository.PathOf($"services/{folder}"), "Mongo*.cs", SearchOption.AllDirectories)
                .SelectMany(path =>
                    Regex.Matches(File.ReadAllText(path), @"GetRecords\(\s*""(\w+)""").Select(match => match.Groups[1].Value)
                );

            var allowed = Regex.Match(accounts, $@"  {account}: .* collections: \[(.*)\] }}").Groups[1].Value;
            Regex.Matches(allowed, @"""(\w+)""").Select(match => match.Groups[1].Value).ShouldBe(used.Order());
        }
    }

    [Fact]
    public void EveryFile_BeginsWithItsPurpose() =>
        Directory
            .EnumerateFiles(Repository.PathOf("k8s"), "*.yaml", SearchOption.AllDirectories)
            .Where(path => !File.ReadLines(path).First().StartsWith("# ", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
