using CodeInterpreter.ServiceDefaults.Hosting;

namespace CodeInterpreter.Runner.Sandboxes.Pool;

/// <summary>
/// Opens the pool when the host starts, after a look at the engine and a sweep, and empties it when the host stops. The
/// bus is registered after it and so stops before it: no execution is cut off.
/// </summary>
internal sealed partial class SandboxPoolService(
    ISandboxEngine engine,
    SandboxPool pool,
    SandboxInstruments instruments,
    ILogger<SandboxPoolService> logger
) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var swept = await CheckAndSweepAsync(cancellationToken);
        if (swept > 0)
            Swept(swept);
        instruments.Swept(swept);
        pool.Open();
    }

    private async Task<int> CheckAndSweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.CheckAsync(cancellationToken);
            return await engine.SweepAsync(cancellationToken);
        }
        catch (SandboxEngineException exception)
        {
            throw new StartRefusedException($"{exception.Message} {exception.InnerException?.Message}".TrimEnd(), exception);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await pool.DisposeAsync();

    [LoggerMessage(20, LogLevel.Information, "{Count} sandboxes left by an earlier process were removed")]
    private partial void Swept(int count);
}
