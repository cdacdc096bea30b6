using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>Removes left-behind sandboxes at intervals.</summary>
internal sealed partial class SandboxSweeper(
    ISandboxEngine engine,
    IOptions<SandboxOptions> options,
    SandboxInstruments instruments,
    TimeProvider time,
    ILogger<SandboxSweeper> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var count = await engine.SweepAsync(stoppingToken);
                if (count > 0)
                    Swept(count);
                instruments.Swept(count);
            }
            // An unexpected failure must not stop a host that can still run code.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                SweepFailed(exception);
            }
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "{Count} left-behind sandboxes were removed")]
    private partial void Swept(int count);

    [LoggerMessage(31, LogLevel.Warning, "Left-behind sandboxes could not be listed")]
    private partial void SweepFailed(Exception exception);
}
