using CodeInterpreter.Contracts;
using CodeInterpreter.Runner.Settings;
using CodeInterpreter.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Images.Messaging;

/// <summary>Publishes what is in the image at intervals, so that gateways that start later receive it as well.</summary>
internal sealed partial class EnvironmentReports(
    ImageEnvironment environment,
    IBus bus,
    IOptions<RunnerOptions> options,
    TimeProvider time,
    ILogger<EnvironmentReports> logger
) : BackgroundService
{
    // The bus starts after this service, and a gateway perhaps at the same time.
    private const int QuickReports = 5;
    private static readonly TimeSpan QuickInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var report = new RunnerEnvironment { RunnerId = options.Value.Id, Environment = await environment.Known.WaitAsync(stoppingToken) };
        for (var told = 0; ; told++)
        {
            await TryReportAsync(report, stoppingToken);
            await Task.Delay(told < QuickReports ? QuickInterval : RunnerEnvironment.Interval, time, stoppingToken);
        }
    }

    private async Task TryReportAsync(RunnerEnvironment report, CancellationToken cancellationToken)
    {
        try
        {
            await bus.PublishRepeatedAsync(report, time, cancellationToken);
        }
        catch (MassTransitException exception)
        {
            NotReported(exception);
        }
    }

    [LoggerMessage(70, LogLevel.Warning, "The contents of the sandbox image could not be published; retrying")]
    private partial void NotReported(Exception exception);
}
