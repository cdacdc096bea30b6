using System.Collections.Concurrent;
using CodeInterpreter.ServiceDefaults.Errors;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// Logs once when something that the service needs becomes unavailable, and once when it is available again. The checks themselves run
/// every few seconds and log nothing.
/// </summary>
internal sealed partial class ReadinessLog(ILogger<ReadinessLog> logger) : IHealthCheckPublisher
{
    private readonly ConcurrentDictionary<string, HealthStatus> _statuses = new();

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in report.Entries)
        {
            var before = _statuses.TryGetValue(name, out var known) ? known : HealthStatus.Healthy;
            _statuses[name] = entry.Status;
            if (entry.Status == before)
                continue;
            if (entry.Status == HealthStatus.Healthy)
                Back(name);
            else
                Away(name, entry.Status, entry.Description ?? entry.Exception?.Message, FailureReason.Of(entry.Exception));
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(901, LogLevel.Warning, "Check {Check} is {Status} now: {Description} {Cause}")]
    private partial void Away(string check, HealthStatus status, string? description, string cause);

    [LoggerMessage(902, LogLevel.Information, "Check {Check} is healthy again")]
    private partial void Back(string check);
}
