using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CodeInterpreter.TestServers;

internal static class FreePort
{
    // Below the range that systems give to outgoing connections: one of these could take the port while the server is stopped.
    private const int First = 12_000;
    private const int Count = 8_000;

    // Who was given one may need a moment before it listens there.
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Find()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = First + Random.Shared.Next(Count);
            if (!Given.TryAdd(port, true))
                continue;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException) { }
        }
        throw new InvalidOperationException($"No free port from {First} on.");
    }
}
