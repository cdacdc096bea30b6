using CodeInterpreter.FileStore.Settings;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Trust;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.FileStore.Access;

/// <summary>Keeps a file store without tokens from callers that it cannot trust.</summary>
internal static class UntrustedCallers
{
    /// <summary>Makes the start fail if other machines could reach a file store that requires no token.</summary>
    public static void Refuse(KestrelServerOptions kestrel)
    {
        var services = kestrel.ApplicationServices;
        if (services.GetRequiredService<TrustTokens>().IsOn || services.GetRequiredService<IOptions<FileStoreOptions>>().Value.TrustNetwork)
            return;

        kestrel.RefuseRemoteEndpoints(
            "The file store",
            "give all files to anyone",
            "Set Trust:Key to the same 32 random bytes in base64 here and for the gateways; or FileStore:TrustNetwork=true, "
                + "if only gateways and runners can reach this network; or listen on 127.0.0.1 only (Kestrel:Endpoints)."
        );
    }
}
