using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>An authority and what it has signed, made for one test; with the directory a runner reads.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset Until = DateTimeOffset.UtcNow.AddDays(1);

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        Authority = request.CreateSelfSigned(From, Until);

        using var client = Issue("client", "1.3.6.1.5.5.7.3.2");
        File.WriteAllText(Path.Combine(Directory, "ca.pem"), Authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Directory, "cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Directory, "key.pem"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>With <c>ca.pem</c>, and the client's <c>cert.pem</c> and <c>key.pem</c>.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;

    public X509Certificate2 Authority { get; }

    public X509Certificate2 IssueServer(IPAddress address) => Issue("server", "1.3.6.1.5.5.7.3.1", address);

    public void Dispose()
    {
        Authority.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private X509Certificate2 Issue(string name, string usage, IPAddress? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (address is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        using var signed = request.Create(Authority, From, Until, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
