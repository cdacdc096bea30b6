using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// Whether the host has started. Until then the program reports what ends it, once; the frameworks would log the same before, twice and
/// with stacks.
/// </summary>
internal sealed class HostStart : IHostedLifecycleService
{
    private static readonly string[] WhoLogTheSame = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    private volatile bool _isOver;

    /// <summary>Adds rules that hold until then; what the configuration says of the same categories comes after them and wins.</summary>
    public void Quieten(LoggerFilterOptions filters)
    {
        foreach (var category in WhoLogTheSame)
            filters.Rules.Insert(
                0,
                new LoggerFilterRule(null, category, LogLevel.Information, (_, _, level) => _isOver || level < LogLevel.Error)
            );
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _isOver = true;
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
