using System.Net;
using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CodeInterpreter.Gateway.Access;

/// <summary>What only this machine can reach.</summary>
internal static class Loopback
{
    /// <summary>Makes the start fail if other machines could reach the gateway although calls need no credentials.</summary>
    public static void Require(KestrelServerOptions kestrel) =>
        kestrel.RefuseRemoteEndpoints(
            "The gateway",
            "run code for anyone",
            "Set Gateway:Access:Mode to Required and create a key with the command 'keys create --name NAME'; or to None, if a proxy "
                + "in front of it authenticates callers; or listen on 127.0.0.1 only (Kestrel:Endpoints). In a container whose ports are "
                + "published on 127.0.0.1 only, set Gateway:Access:PublishedOn=127.0.0.1."
        );

    /// <summary>
    /// Whether the host of a URL is always this machine. Web pages can point a name of their own to this machine, but not an address.
    /// </summary>
    public static bool IsHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
