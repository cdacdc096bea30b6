namespace CodeInterpreter.Discord.Platform.Gateway;

/// <summary>
/// Sends heartbeats for as long as the gateway acknowledges them. The first is sent after a random part of the interval, so that all
/// programs that lost their connection at once do not beat at once.
/// </summary>
internal sealed class Heartbeat(TimeSpan interval, TimeProvider time, Func<double> random, Func<CancellationToken, Task> send)
{
    private volatile bool _isAcknowledged = true;

    public void Acknowledge() => _isAcknowledged = true;

    /// <summary>Beats until a heartbeat has had no acknowledgement by the time of the next.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(interval * random(), time, cancellationToken);
        while (_isAcknowledged)
        {
            _isAcknowledged = false;
            await send(cancellationToken);
            await Task.Delay(interval, time, cancellationToken);
        }
    }
}
