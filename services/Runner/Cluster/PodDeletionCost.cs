using System.Globalization;
using CodeInterpreter.Runner.Executions;

namespace CodeInterpreter.Runner.Cluster;

/// <summary>Annotates the pod with the number of its executions, so that Kubernetes stops idle runners first when it scales in.</summary>
internal sealed partial class PodDeletionCost(Pod pod, ActiveExecutions executions, TimeProvider time, ILogger<PodDeletionCost> logger)
    : BackgroundService
{
    /// <summary>The annotation that Kubernetes reads; pods with the lowest value stop first.</summary>
    public const string Annotation = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>How often the number is compared with the last one; each difference is one call to the API server.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        int? written = null;
        do
        {
            var cost = executions.Count;
            if (cost != written && await TryWriteAsync(cost, stoppingToken))
                written = cost;
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryWriteAsync(int cost, CancellationToken cancellationToken)
    {
        try
        {
            await pod.AnnotateAsync(Annotation, cost.ToString(CultureInfo.InvariantCulture), cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            NotWritten(exception);
            return false;
        }
    }

    [LoggerMessage(
        71,
        LogLevel.Warning,
        "Kubernetes did not accept the pod's deletion cost. It may stop a busy runner before an idle one."
    )]
    private partial void NotWritten(Exception exception);
}
