using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CodeInterpreter.TestServers;

/// <summary>A certificate authority for one test, and a certificate for servers on the loopback, as PEM files in a directory.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset Until = DateTimeOffset.UtcNow.AddDays(1);

    /// <summary>Creates the files.</summary>
    public TestAuthority()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var authority = request.CreateSelfSigned(From, Until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var server = new CertificateRequest("CN=server", serverKey, HashAlgorithmName.SHA256);
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ForServers)], critical: false));
        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(authority, From, Until, RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, serverKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The certificate of the authority.</summary>
    public string AuthorityFile => Path.Combine(Folder, "ca.crt");

    /// <summary>The certificate of servers at 127.0.0.1.</summary>
    public string CertificateFile => Path.Combine(Folder, "tls.crt");

    /// <summary>Its private key.</summary>
    public string KeyFile => Path.Combine(Folder, "tls.key");

    private string Folder { get; } = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
