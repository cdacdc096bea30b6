using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Docker.DotNet;
using Microsoft.Net.Http.Client;

namespace CodeInterpreter.Runner.Docker;

/// <summary>TLS with certificates on both sides: the engine's has to come from the given authority and no other.</summary>
internal sealed class DockerCertificates(X509Certificate2Collection authorities, X509Certificate2 own) : Credentials
{
    /// <summary>Reads the three files that the docker command reads.</summary>
    public static DockerCertificates Load(string directory)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.Combine(directory, "ca.pem"));
        if (authorities.Count == 0)
            throw new CryptographicException("There is no certificate in ca.pem.");
        return new DockerCertificates(
            authorities,
            X509Certificate2.CreateFromPemFile(Path.Combine(directory, "cert.pem"), Path.Combine(directory, "key.pem"))
        );
    }

    public override bool IsTlsCredentials() => true;

    public override HttpMessageHandler GetHandler(HttpMessageHandler innerHandler)
    {
        var handler = (ManagedHandler)innerHandler;
        handler.ClientCertificates = [own];
        handler.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsEngine(certificate, errors);
        return handler;
    }

    // The certificates stay: the configuration is disposed of once the client is made, which goes on using them.
    public override void Dispose() => base.Dispose();

    private bool IsEngine(X509Certificate? certificate, SslPolicyErrors errors)
    {
        // A wrong name stays wrong; that the machine does not know the authority is what we are for.
        if (certificate is not X509Certificate2 presented || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                ApplicationPolicy = { new("1.3.6.1.5.5.7.3.1", "Server Authentication") },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(presented);
    }
}
