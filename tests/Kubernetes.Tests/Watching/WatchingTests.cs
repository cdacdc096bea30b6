using System.Text.Json;
using System.Text.RegularExpressions;
using CodeInterpreter.Contracts;
using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Objects;
using CodeInterpreter.ServiceDefaults.Telemetry;

namespace CodeInterpreter.Kubernetes.Tests.Watching;

/// <summary>Alerts and dashboard ask for what there is, and say what to do.</summary>
public sealed partial class WatchingTests(ExportedMetrics exported) : IClassFixture<ExportedMetrics>
{
    // Of kube-state-metrics, and of RabbitMQ at /metrics/detailed.
    private static readonly string[] OfOthers = ["kube_pod_status_ready", "rabbitmq_detailed_queue_messages"];

    // What Prometheus, Kubernetes and the broker add; le is a histogram's.
    private static readonly string[] LabelsOfOthers = ["le", "namespace", "pod", "condition", "queue", "http_response_status_code"];

    [Fact]
    public async Task Alerts_UseExportedMetrics()
    {
        foreach (var alert in await AlertsAsync())
            new Query(alert.Expr).Metrics.Except(exported.Names).Except(OfOthers).ShouldBeEmpty($"{alert.Alert}: {alert.Expr}");
    }

    [Fact]
    public void Panels_UseExportedMetrics()
    {
        Panels().Count.ShouldBeGreaterThan(15);
        foreach (var query in Panels().SelectMany(panel => panel.Queries))
            query.Metrics.Except(exported.Names).Except(OfOthers).ShouldBeEmpty(query.Text);
    }

    [Fact]
    public async Task Queries_UseTagsThatTheMetricsHave()
    {
        foreach (var query in await QueriesAsync())
        {
            var tags = query.Metrics.SelectMany(OperationsPage.TagsOf).Concat(LabelsOfOthers);
            query.Labels.Except(tags).ShouldBeEmpty(query.Text);
            query.ValuesOf("outcome").Except(Enum.GetValues<Outcome>().Select(TagValue.Of)).ShouldBeEmpty(query.Text);
        }
    }

    [Fact]
    public async Task Dashboard_HasEveryRunnerMetricOfAnAlert()
    {
        var shown = Panels().SelectMany(panel => panel.Queries).SelectMany(query => query.Metrics).Select(WithoutEnd).ToHashSet();
        foreach (var alert in await AlertsAsync())
            new Query(alert.Expr)
                .Metrics.Where(name => name.Contains("_runner_", StringComparison.Ordinal))
                .Select(WithoutEnd)
                .Except(shown)
                .ShouldBeEmpty(alert.Alert);
    }

    [Fact]
    public async Task Alerts_MatchTheOperationsPage()
    {
        var alerts = await AlertsAsync();
        var rows = OperationsPage.Alerts;

        alerts.Count.ShouldBe(rows.Count);
        foreach (var (alert, row) in alerts.Zip(rows))
        {
            Words().Replace(alert.Alert, " $1").Trim().ToLowerInvariant().ShouldBe(Article().Replace(row.Name, ""));
            if (row.Expression is { } expression)
                Compact(alert.Expr).ShouldContain(Compact(expression));
        }
    }

    [Fact]
    public async Task Alerts_EachHasARunbookWithItsQuery()
    {
        var alerts = await AlertsAsync();
        foreach (var alert in alerts)
        {
            var page = Repository.Read(alert.Annotations["runbook"]);
            page.ShouldStartWith($"# {alert.Alert}\n");
            foreach (var part in new[] { "## What it means", "## Look", "## Do" })
                page.ShouldContain($"\n{part}\n", customMessage: alert.Alert);
            foreach (var metric in new Query(alert.Expr).Metrics)
                page.ShouldContain(metric, customMessage: alert.Alert);
        }

        Directory
            .EnumerateFiles(Repository.PathOf("docs/runbooks"), "*.md")
            .Select(path => $"docs/runbooks/{Path.GetFileName(path)}")
            .ShouldBe(alerts.Select(alert => alert.Annotations["runbook"]), ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<AlertRule>> AlertsAsync() =>
        [
            .. Manifests
                .Parse(await Kustomize.BuildWithAsync("prometheus"))
                .All<PrometheusRule>()
                .SelectMany(rule => rule.Spec.Groups)
                .SelectMany(group => group.Rules),
        ];

    private static async Task<IEnumerable<Query>> QueriesAsync() =>
        (await AlertsAsync()).Select(alert => new Query(alert.Expr)).Concat(Panels().SelectMany(panel => panel.Queries));

    private static List<(string Title, List<Query> Queries)> Panels()
    {
        using var dashboard = JsonDocument.Parse(Repository.Read("k8s/components/prometheus/dashboard.json"));
        return
        [
            .. dashboard
                .RootElement.GetProperty("panels")
                .EnumerateArray()
                .Select(panel =>
                    (
                        panel.GetProperty("title").GetString()!,
                        panel
                            .GetProperty("targets")
                            .EnumerateArray()
                            .Select(target => new Query(target.GetProperty("expr").GetString()!))
                            .ToList()
                    )
                ),
        ];
    }

    private static string WithoutEnd(string name) => BaseName().Replace(name, "");

    private static string Compact(string query) => Space().Replace(query, "");

    [GeneratedRegex(@"\s")]
    private static partial Regex Space();

    [GeneratedRegex("^(the|a) ")]
    private static partial Regex Article();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Words();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex BaseName();
}
