using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Access;

/// <summary>Where the store may listen, decided before it does.</summary>
internal static class Exposure
{
    /// <summary>Ends the start when other machines would reach a store that asks nobody for a token.</summary>
    public static void RefuseUnlessTrusted(KestrelServerOptions kestrel)
    {
        var services = kestrel.ApplicationServices;
        if (services.GetRequiredService<TrustTokens>().IsOn || services.GetRequiredService<IOptions<FileStoreOptions>>().Value.TrustNetwork)
        {
            return;
        }

        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            if (!Reachability.IsLocal(endpoint))
            {
                throw new StartRefusedException(
                    $"The file store would listen on {endpoint.EndPoint}, where others reach it, and give everybody's files to anybody. "
                        + "Set Trust:Key to the same 32 random bytes in base64 here and for the gateways; or FileStore:TrustNetwork=true, "
                        + "when the network lets nobody but gateways and runners in; or listen on 127.0.0.1 only (Kestrel:Endpoints)."
                );
            }
        });
    }
}
