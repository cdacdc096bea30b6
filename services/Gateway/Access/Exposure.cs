using System.Net;
using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CodeInterpreter.Gateway.Access;

/// <summary>Where the gateway can be reached, decided before it listens.</summary>
internal static class Exposure
{
    /// <summary>An endpoint of that name is for operators: <c>Kestrel:Endpoints:Management:Url</c>.</summary>
    public const string ManagementEndpoint = "Management";

    /// <summary>Ends the start when an endpoint could be reached from elsewhere though nobody asks who calls.</summary>
    public static void RefuseBeyondLoopback(ListenOptions endpoint)
    {
        if (Reachability.IsLocal(endpoint))
            return;

        throw new StartRefusedException(
            $"The gateway would listen on {endpoint.EndPoint}, where others reach it, and run code for anybody. Set "
                + "Gateway:Access:Mode to Required and make a key with the command 'keys create --name NAME'; or to None, when "
                + "something before it knows who is calling; or listen on 127.0.0.1 only (Kestrel:Endpoints). In a container whose ports are "
                + "published on 127.0.0.1 only, Gateway:Access:PublishedOn=127.0.0.1 says so."
        );
    }

    /// <summary>Whether the name or address leads to this machine and to no other. Pages can make names lead here, no addresses.</summary>
    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Marks the connections that come in at the endpoint for operators.</summary>
    public static void MarkManagement(ListenOptions endpoint) =>
        endpoint.Use(next =>
            connection =>
            {
                connection.Features.Set(ManagementConnection.Mark);
                return next(connection);
            }
        );

    /// <summary>Whether the request came in at the endpoint for operators.</summary>
    public static bool IsManagement(HttpContext context) => context.Features.Get<ManagementConnection>() is not null;

    private sealed class ManagementConnection
    {
        public static readonly ManagementConnection Mark = new();
    }
}
