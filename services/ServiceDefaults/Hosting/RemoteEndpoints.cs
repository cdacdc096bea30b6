using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>Keeps a service that authenticates nobody from listening on addresses that other machines can reach.</summary>
public static class RemoteEndpoints
{
    /// <summary>Makes a start fail if other machines could reach an endpoint.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="service">The name of the service, at the beginning of a sentence.</param>
    /// <param name="danger">What the service would do for any caller.</param>
    /// <param name="remedy">What the operator can do instead, in one or more sentences.</param>
    /// <exception cref="StartRefusedException">Thrown at the start, with all of this.</exception>
    public static void RefuseRemoteEndpoints(this KestrelServerOptions kestrel, string service, string danger, string remedy) =>
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            if (!LocalEndpoint.Is(endpoint))
                throw new StartRefusedException(
                    $"{service} would listen on {endpoint.EndPoint}, where other machines can reach it, and {danger}. {remedy}"
                );
        });
}
