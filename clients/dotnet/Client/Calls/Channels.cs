using Grpc.Net.Client;

namespace CodeInterpreter.Client;

/// <summary>Settings that every channel to the service needs.</summary>
internal static class Channels
{
    // Two streams of 1 MiB, each twice as much in UTF-8 at worst, and 2 MiB of files.
    private const int MaxMessageBytes = 16 * 1024 * 1024;

    public static void Configure(GrpcChannelOptions options)
    {
        options.MaxReceiveMessageSize = MaxMessageBytes;
        // A channel that lost its connection refuses calls meanwhile: two minutes at worst by default, however long the service is back.
        options.InitialReconnectBackoff = TimeSpan.FromMilliseconds(100);
        options.MaxReconnectBackoff = TimeSpan.FromSeconds(5);
    }

    /// <summary>A handler that notices a dead connection while calls wait on it.</summary>
    public static SocketsHttpHandler NewHandler() =>
        new()
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };

    public static GrpcChannel Open(Uri address)
    {
        var options = new GrpcChannelOptions { HttpHandler = NewHandler(), DisposeHttpClient = true };
        Configure(options);
        return GrpcChannel.ForAddress(address, options);
    }
}
