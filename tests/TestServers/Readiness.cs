using System.Net;
using System.Net.Sockets;

namespace CodeInterpreter.TestServers;

internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TimeoutException">The server did not answer in time.</exception>
    public static async Task UntilAnswersAsync(IServerHost host, IServerProbe probe, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var interval = new PeriodicTimer(Interval);
        try
        {
            while (!await AnswersAsync(host.Port, probe, patience.Token))
                await interval.WaitForNextTickAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var log = await host.ReadLogAsync(cancellationToken);
            throw new TimeoutException($"{host.Description} did not answer within {Patience.TotalSeconds} s. Its log:\n{log}");
        }
    }

    private static async Task<bool> AnswersAsync(int port, IServerProbe probe, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(AttemptTimeout);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, attempt.Token);
            return await probe.AnswersAsync(client.GetStream(), attempt.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
