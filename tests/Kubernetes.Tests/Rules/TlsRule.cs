using CodeInterpreter.Kubernetes.Tests.Building;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Calls to the file store are encrypted by all or by none, and who encrypts has the certificates for it.</summary>
internal static class TlsRule
{
    private const string Endpoint = "Kestrel__Endpoints__Grpc__";
    private const string Authority = "SSL_CERT_FILE";

    public static IEnumerable<string> Faults(Manifests manifests)
    {
        var isServed = manifests.Setting("file-store", $"{Endpoint}Url")?.StartsWith("https://", StringComparison.Ordinal) == true;
        if (isServed)
        {
            foreach (var name in (string[])["Certificate__Path", "Certificate__KeyPath"])
            {
                if (manifests.Setting("file-store", Endpoint + name) is null)
                    yield return $"file-store encrypts without {Endpoint}{name}.";
            }
        }

        foreach (
            var (service, setting) in ((string, string)[])[("gateway", "Gateway__FileStoreAddress"), ("runner", "Runner__FileStoreAddress")]
        )
        {
            var isAsked = manifests.Setting(service, setting)?.StartsWith("https://", StringComparison.Ordinal) == true;
            if (isAsked != isServed)
                yield return $"{service} and file-store do not both use TLS.";
            if (isAsked && manifests.Setting(service, Authority) is null)
                yield return $"{service} does not trust the authority: {Authority} is not set.";
        }
    }
}
