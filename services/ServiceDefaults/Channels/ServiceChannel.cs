using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.ServiceDefaults.Channels;

/// <summary>How one service calls another over gRPC.</summary>
public static class ServiceChannel
{
    /// <summary>
    /// How long a connection gets new calls; calls that it has go on. An address may lead to several replicas, and a new connection finds
    /// those that were added since.
    /// </summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Registers the gRPC client <typeparamref name="TClient"/> for a service at <paramref name="address"/>:
    /// <c>http://host:port</c>, <c>https://host:port</c>, or <c>unix:///path/to.sock</c> for one on the same machine.
    /// </summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="address">Where the service is.</param>
    /// <param name="token">What each call shows, asked for anew each time; calls that bring their own show that.</param>
    /// <param name="connectionLifetime"><see cref="ConnectionLifetime"/> by default.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(
        this IServiceCollection services,
        Func<IServiceProvider, Uri> address,
        Func<IServiceProvider, Func<string?>>? token = null,
        TimeSpan? connectionLifetime = null
    )
        where TClient : class
    {
        return services.AddGrpcClient<TClient>(
            NameOf(typeof(TClient)),
            (provider, options) =>
            {
                var target = address(provider);
                options.Address = target.Scheme == "unix" ? new Uri("http://localhost") : target;
                options.ChannelOptionsActions.Add(channel =>
                {
                    var handler = CreateHandler(target, connectionLifetime ?? ConnectionLifetime);
                    channel.HttpHandler = token is null ? handler : new BearerHandler(token(provider), handler);
                    channel.ThrowOperationCanceledOnCancellation = true;
                });
            }
        );
    }

    // Services that share a process have clients of the same name for the same service, each generated for itself.
    private static string NameOf(Type client) => $"{client.Assembly.GetName().Name}:{client.FullName}";

    private static SocketsHttpHandler CreateHandler(Uri target, TimeSpan connectionLifetime)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = connectionLifetime,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        };
        if (target.Scheme == "unix")
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(target.LocalPath, cancellationToken);
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
