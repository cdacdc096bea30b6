using System.Globalization;
using System.Text.RegularExpressions;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Kubernetes.Tests.Building;

namespace CodeInterpreter.Kubernetes.Tests;

/// <summary><c>make k8s-test</c> where there is no cluster to try anything in.</summary>
public sealed class ClusterTestTests
{
    [Fact]
    public async Task ClusterTest_WithoutACluster_SaysWhatItNeeds()
    {
        var home = Directory.CreateTempSubdirectory("no-cluster-");
        try
        {
            var (exitCode, _, errors) = await Script.EndOfAsync(
                Repository.PathOf(".dev/k8s-test.sh"),
                [],
                ("KUBECONFIG", null),
                ("HOME", home.FullName)
            );

            exitCode.ShouldBe(1);
            errors.ShouldContain("KUBECONFIG");
            errors.ShouldContain("docs/kubernetes.md");
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ClusterTest_ClusterDoesNotAnswer_SaysSo()
    {
        var (exitCode, _, errors) = await Script.EndOfAsync(
            Repository.PathOf(".dev/k8s-test.sh"),
            [],
            ("KUBECONFIG", "/nowhere/kubeconfig")
        );

        exitCode.ShouldBe(1);
        errors.ShouldContain("does not answer: /nowhere/kubeconfig");
    }

    [Fact]
    public void ClusterTest_Executions_EndBeforeTheirTimeout()
    {
        var seconds = Regex
            .Matches(Repository.Read(".dev/k8s-test.sh"), @"^  submit_all .* (\d+)$", RegexOptions.Multiline)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToList();

        seconds.ShouldNotBeEmpty();
        seconds.Max().ShouldBeLessThan((int)new ExecutionOptions().DefaultWallTime.TotalSeconds);
    }
}
