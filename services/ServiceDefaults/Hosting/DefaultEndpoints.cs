using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>
/// Where a service listens unless its configuration says otherwise. HTTP/1.1 and HTTP/2 without TLS cannot share a port,
/// so there are two; both are on the loopback address.
/// </summary>
public static class DefaultEndpoints
{
    /// <summary>
    /// Listens on <paramref name="httpPort"/> (HTTP/1.1: health, and what else the service offers to browsers) and
    /// <paramref name="grpcPort"/> (gRPC), where <c>Kestrel:Endpoints:Http:Url</c> and <c>Kestrel:Endpoints:Grpc:Url</c> do not say
    /// otherwise.
    /// </summary>
    public static WebApplicationBuilder AddDefaultEndpoints(this WebApplicationBuilder builder, int httpPort, int grpcPort) =>
        builder.AddConfigurationDefaults(
            new Dictionary<string, string?>
            {
                ["Kestrel:Endpoints:Http:Url"] = $"http://127.0.0.1:{httpPort}",
                ["Kestrel:Endpoints:Http:Protocols"] = "Http1",
                ["Kestrel:Endpoints:Grpc:Url"] = $"http://127.0.0.1:{grpcPort}",
                ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
            }
        );
}
