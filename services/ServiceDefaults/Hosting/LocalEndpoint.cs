using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>Who can reach what a service listens on.</summary>
public static class LocalEndpoint
{
    /// <summary>Whether only this machine reaches the endpoint.</summary>
    public static bool Is(ListenOptions endpoint) =>
        endpoint.EndPoint is UnixDomainSocketEndPoint or NamedPipeEndPoint
        || endpoint.EndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);
}
