using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CodeInterpreter.Discord.Tests.Platform.Gateway;

/// <summary>A gateway that does what a test tells it.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<GatewayPeer> _peers = Channel.CreateUnbounded<GatewayPeer>();

    private GatewayServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var peer = new GatewayPeer(socket, context.Request.Path + context.Request.QueryString.ToString());
            _peers.Writer.TryWrite(peer);
            await peer.Ended;
        });
    }

    public string Address { get; private set; } = "";

    public static async Task<GatewayServer> StartAsync()
    {
        var server = new GatewayServer();
        await server._app.StartAsync();
        server.Address = server._app.Urls.Single().Replace("http://", "ws://", StringComparison.Ordinal);
        return server;
    }

    public ValueTask<GatewayPeer> AcceptAsync() => _peers.Reader.ReadAsync();

    public async ValueTask DisposeAsync()
    {
        while (_peers.Reader.TryRead(out var peer))
            peer.End();
        await _app.DisposeAsync();
    }
}
